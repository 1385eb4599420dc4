import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from workbench.pages.templatetags import form_fields as form_fields_of_pages
from workbench.pages.templatetags.form_fields import form_field, form_fields, is_blank


class Filter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False)
    status = forms.ChoiceField(required=False, choices=[("", _("all")), ("open", "<Open>")])


class Whole(forms.Form):
    text = forms.CharField()


def test_a_form_without_input_is_written_once_in_each_language():
    first = form_fields(Filter(QueryDict("page=after-7")))

    assert form_fields(Filter()) == first
    assert '<option value="open"' in first
    assert "&lt;Open&gt;" in first
    with translation.override("fr"):
        french = form_fields(Filter())
    assert ("Words" in first, "Mots" in french) == (True, True)
    assert form_fields(Filter()) == first


def test_a_field_is_not_written_again(monkeypatch):
    form_fields(Filter())
    monkeypatch.setattr(form_fields_of_pages, "render_to_string", None)

    assert 'name="status"' in form_fields(Filter(QueryDict("page=last")))
    with pytest.raises(TypeError):
        form_fields(Filter(QueryDict("status=open")))


def test_what_was_sent_is_shown_and_kept_for_nobody_else():
    shown = form_fields(Filter(QueryDict("words=the+bridge&status=open")))

    assert 'value="the bridge"' in shown
    assert "selected" in shown
    assert "the bridge" not in form_fields(Filter())


def test_a_form_with_initial_values_or_a_refused_one_is_not_blank():
    assert is_blank(Filter(QueryDict("words=&page=last")))
    assert not is_blank(Filter(initial={"words": "bridge"}))
    assert not is_blank(Filter(QueryDict("status=nonsense")))
    assert "required" in form_fields(Whole())
    assert "required" not in form_fields(Whole(use_required_attribute=False))
    assert 'class="errorlist"' in form_fields(Whole(QueryDict("")))


def test_the_id_of_a_form_stays_its_own():
    assert 'id="search-words"' in form_fields(Filter(auto_id="search-%s"))
    assert 'id="id_words"' in form_fields(Filter())


class ChangingForm(forms.Form):
    changing = ("where",)
    where = forms.ChoiceField(choices=lambda: [(str(number), str(number)) for number in CHOICES])


CHOICES = [1]


def test_a_field_whose_choices_change_is_written_each_time():
    before = form_fields(ChangingForm())
    CHOICES.append(2)

    assert 'value="2"' not in before
    assert 'value="2"' in form_fields(ChangingForm())


def test_a_field_with_the_same_choices_and_the_same_one_chosen_is_not_written_again(monkeypatch):
    chosen = form_field(ChangingForm(initial={"where": "1"})["where"])
    blank = form_field(ChangingForm()["where"])
    monkeypatch.setattr(form_fields_of_pages, "render_to_string", None)

    assert form_field(ChangingForm(initial={"where": "1"})["where"]) == chosen
    assert form_field(ChangingForm()["where"]) == blank
    assert ("selected" in chosen, "selected" in blank) == (True, False)


def test_what_a_form_sets_for_a_field_of_its_own_is_shown():
    forms_of_one_class = [Filter() for _each in range(4)]
    forms_of_one_class[1].fields["words"].label = "Own label"
    forms_of_one_class[2].fields["words"].help_text = "Own help"
    forms_of_one_class[3].fields["words"].widget.attrs["data-own"] = "1"

    shown = [form_fields(form) for form in forms_of_one_class]

    says = ["Own label", "Own help", 'data-own="1"']
    assert [[each in page for each in says] for page in shown] == [
        [False, False, False],
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
