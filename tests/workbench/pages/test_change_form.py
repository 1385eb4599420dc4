from django import forms

from workbench.pages.change_form import ChangeForm


class NameForm(ChangeForm):
    name = forms.CharField(label="Name")
    is_closed = forms.BooleanField(label="Closed", required=False)


def opened(**initial):
    return NameForm(initial=initial)["opened"].value()


def test_a_form_is_saved_where_nothing_changed_since_it_was_opened():
    form = NameForm(
        {"name": "Mine", "opened": opened(name="Old", is_closed=False)}, initial={"name": "Old", "is_closed": False}
    )

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Mine", "is_closed": False}


def test_what_somebody_else_changed_is_shown_once_and_replaced_after_that():
    now = {"name": "Theirs", "is_closed": True}
    form = NameForm({"name": "Mine", "opened": opened(name="Old", is_closed=False)}, initial=now)

    assert form.has_error("__all__", "overtaken")
    assert (form.is_refused, list(form.stands_now)) == (True, [("Name", "Theirs"), ("Closed", "Yes")])
    again = NameForm(form.data, initial=now)
    assert again.is_valid()
    assert again.cleaned_data["name"] == "Mine"
