"""The form that proposes a copy-edit of a report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import EditedPart
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.publishing.copy_editing import LONGEST


class CopyEditForm(forms.Form):
    part = forms.ChoiceField(choices=EditedPart.choices, widget=forms.HiddenInput)
    after = Words(label=_("Corrected words"), most=LONGEST, rows=6)
    reason = Words(
        label=_("Why"), most=LONGEST_NOTE, rows=2, help_text=_("What is wrong, such as “typing error in the name”.")
    )
