"""Forms that add evidence (a link, a file or a text), and that describe a piece of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import Nearness, Stance
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.pages.forms.weigh import LONGEST_VERSION
from sources.pages.bring_form import BringForm


class AddEvidenceForm(BringForm):
    """What a person adds to a claim as evidence: a link, files or a text."""

    url = forms.URLField(
        label=_("Address"),
        required=False,
        assume_scheme="https",
        max_length=2_048,
        help_text=_("We fetch the page and keep a capture."),
    )
    pasted = Words(label=_("Or paste the text"), required=False, most=200_000, rows=4)


class EvidenceForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_VERSION)
    stance = forms.ChoiceField(
        label=_("What does this passage do to the claim?"),
        choices=[pair for pair in Stance.choices if pair[0] != Stance.UNRELATED.value],
        widget=forms.RadioSelect,
    )
    nearness = forms.ChoiceField(
        label=_("Primary or secondary"),
        choices=Nearness.choices,
        widget=forms.RadioSelect,
        help_text=_("Primary: the source saw, made or holds what it reports. Secondary: it passes on what others say."),
    )
    note = Words(
        label=_("Note"), required=False, most=LONGEST_NOTE, rows=3, help_text=_("The note appears in the report.")
    )
