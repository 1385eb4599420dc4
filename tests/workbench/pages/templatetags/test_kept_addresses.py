import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from workbench.pages.templatetags.kept_addresses import FixedAddress


def written(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize("view", ["drafts", "claims:claims", "sources:documents", "trouble", "logout"])
def test_a_fixed_page_has_the_address_that_django_finds(view):
    assert written(f"{{% url '{view}' %}}") == reverse(view)
    assert isinstance(Template(f"{{% url '{view}' %}}").nodelist[0], FixedAddress)


def test_a_page_with_arguments_a_named_view_and_a_variable_are_those_of_django():
    assert written("{% url 'claims:claim' pk %}", pk=7) == reverse("claims:claim", args=[7])
    assert written("{% url 'claims:claim' pk=pk %}", pk=7) == reverse("claims:claim", args=[7])
    assert written("{% url view %}", view="drafts") == reverse("drafts")
    assert written("{% url 'drafts' as place %}<{{ place }}>") == f"<{reverse('drafts')}>"


def test_a_desk_under_a_path_has_it_in_front():
    set_script_prefix("/desk/")
    try:
        under = written("{% url 'drafts' %}")
    finally:
        set_script_prefix("/")

    assert (under, written("{% url 'drafts' %}")) == ("/desk/drafts/", "/drafts/")


def test_what_has_no_address_is_refused():
    with pytest.raises(NoReverseMatch):
        written("{% url 'nothing' %}")
