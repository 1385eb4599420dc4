import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, override

from workbench.desk.refusal import Refusal
from workbench.pages.change_form import ChangeForm, Unshown
from workbench.pages.forms import show_refusal

OLD = {"name": "Old", "about": "One.\nTwo.", "told": ["a"], "how": "full", "is_closed": False}
YES = gettext_lazy("Yes")


class NameForm(ChangeForm):
    name = forms.CharField(label="Name")
    about = forms.CharField(label="About", required=False, widget=forms.Textarea)
    told = forms.MultipleChoiceField(label="Told", choices=[("a", "Ann"), ("b", "Ben")], required=False)
    how = forms.ChoiceField(label="How", choices=[("full", "In full"), ("role", YES)])
    is_closed = forms.BooleanField(label="Closed", required=False)


def sent(before=OLD, **changes):
    """Return what a browser sends of a form that was opened on some values."""
    data = {**before, **changes, "about": "One.\r\nTwo.", "opened": NameForm(initial=before)["opened"].value()}
    return {name: value for name, value in data.items() if value is not False}


def test_a_form_is_saved_where_nothing_changed_since_it_was_opened():
    form = NameForm(sent(name="Mine"), initial=OLD)

    assert form.is_valid()
    assert set(form.cleaned_data) == set(OLD)
    assert (form.cleaned_data["name"], form.is_overtaken) == ("Mine", False)


def test_what_was_changed_is_shown_once_and_replaced_after_that():
    now = OLD | {"name": "Theirs", "is_closed": True}
    form = NameForm(sent(name="Mine"), initial=now)

    assert form.has_error("__all__", "overtaken")
    assert (form.is_refused, form.stands_now) == (True, [("Name", "Theirs"), ("Closed", "Yes")])
    again = NameForm(form.data, initial=now)
    assert again.is_valid()
    assert again.cleaned_data["name"] == "Mine"


def test_what_is_changed_between_the_form_and_its_lock_is_shown_once_and_replaced_after_that():
    now = OLD | {"name": "Theirs"}
    form = NameForm(sent(name="Mine"), initial=OLD)
    assert form.is_valid()
    form.check(OLD)

    with pytest.raises(Refusal) as refusal:
        form.check(now)

    assert (refusal.value.code, form.is_overtaken, form.stands_now) == ("overtaken", True, [("Name", "Theirs")])
    again = NameForm(form.data, initial=now)
    assert again.is_valid()
    again.check(now)


def test_what_stands_there_is_said_in_the_words_of_the_reader_and_without_what_did_not_change():
    now = OLD | {"told": ["b", "a"], "how": "role"}

    with override("fr"):
        form = NameForm(sent(name="Mine"), initial=now)
        assert not form.is_valid()
        assert form.stands_now == [("Told", "Ben, Ann"), ("How", "Oui")]


def test_what_the_form_does_not_show_is_compared_and_never_a_secret_said():
    secrets = ("old secret", "new secret")
    before, now = ({"name": Unshown(each, "chat.example"), "how": Unshown(each, None)} for each in secrets)
    opened = NameForm(initial=OLD, unshown=before)["opened"].value()
    data = sent() | {"opened": opened}

    form = NameForm(data, initial=OLD, unshown=now)

    assert NameForm(data, initial=OLD, unshown=before).is_valid()
    assert form.has_error("__all__", "overtaken")
    assert form.stands_now == [("Name", "chat.example")]
    assert "secret" not in str(form)


def test_a_form_that_an_activity_refused_does_not_say_that_it_was_changed():
    form = NameForm(sent(name="Mine"), initial=OLD)
    show_refusal(form, Refusal("This name is taken.", "taken", field="name"))
    overtaken = NameForm(sent(name="Mine"), initial=OLD | {"name": "Theirs"})

    pages = [render_to_string("partials/_errors.html", {"form": each}) for each in (form, overtaken)]

    assert ["This name is taken." in pages[0], *("stands-now" in page for page in pages)] == [True, False, True]
