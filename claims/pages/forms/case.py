"""The form that asks for the complete package of a claim, and what to withhold in it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

GROUPS = [
    ("people", _("names of people")),
    ("reviews", _("findings and reasons of reviewers")),
    ("notes", _("notes and questions")),
    ("comments", _("requests for comment and their answers")),
]


class CaseForm(forms.Form):
    withhold = forms.MultipleChoiceField(
        label=_("Withhold"),
        required=False,
        choices=GROUPS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What you withhold leaves only its hash, and so do the texts of the log. The hashes stay the same, so you"
            " can show it later. Published reports stay as they are."
        ),
    )
    with_private = forms.BooleanField(
        label=_("Include files whose metadata name a place or a device"),
        required=False,
        help_text=_("Otherwise these files are left out of the captures, and listed there with their hashes."),
    )
