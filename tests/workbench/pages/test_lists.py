import pytest
from django import forms
from django.test import RequestFactory

from workbench.desk.models import User
from workbench.pages.lists import ListTexts, listed

pytestmark = pytest.mark.django_db

TEXTS = ListTexts(title="People", caption="People, by name", empty="Nobody yet.", no_match="Nobody matches.")


class Filter(forms.Form):
    words = forms.CharField(required=False)
    number = forms.IntegerField(required=False)


def shown(query, form=True):
    request = RequestFactory().get(f"/?{query}")
    return listed(request, TEXTS, User.objects.order_by("pk"), Filter(request.GET) if form else None)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Nobody yet."),
        ("words=&page=1&utm=x", "Nobody yet."),
        ("number=x", "Nobody yet."),  # what could not be understood is not asked
        ("words=x", "Nobody matches."),
        ("number=x&words=y", "Nobody matches."),
    ],
)
def test_an_empty_desk_and_a_filter_that_matches_nothing_are_told_apart(query, says):
    assert shown(query)["none"] == says


def test_a_list_without_a_filter_is_never_filtered():
    assert shown("words=x", form=False)["none"] == "Nobody yet."
