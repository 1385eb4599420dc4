"""The form that names the claimant of a claim."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sources.pages.find_source import SOURCES
from workbench.pages.find import FindField


class ClaimantForm(forms.Form):
    claimant = FindField(
        SOURCES,
        label=_("Claimant"),
        required=False,
        help_text=_(
            "Who makes the claim. Leave this empty if nobody knows. If the source is new, add it under Sources first."
        ),
    )
