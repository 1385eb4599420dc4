from django import forms

from workbench.pages.form_errors import FormError, form_errors


class Small(forms.Form):
    name = forms.CharField(label="Name")
    key = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Not <b>this</b> one.")


class Link(forms.Form):
    who = forms.CharField(label="Who")
    called = "Link 1"


def test_each_error_leads_to_its_field_and_those_of_the_whole_form_come_first():
    found = form_errors(Small({"key": "x"}))

    assert found == [
        FormError("Not <b>this</b> one."),
        FormError("Name – This field is required.", "id_name"),
        FormError("Enter a whole number."),
    ]


def test_errors_of_more_forms_say_which_form():
    assert form_errors(Link({"who": "x"}), [Link({})]) == [
        FormError("Link 1 – Who – This field is required.", "id_who")
    ]


def test_a_form_that_was_not_sent_has_no_errors():
    assert form_errors(Small(), [Link()]) == []
