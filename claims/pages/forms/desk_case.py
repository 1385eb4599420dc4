"""Forms of cases: open and change one, and say what belongs to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import DeskCase
from claims.models.claim_plan import LONGEST_TAG
from claims.models.desk_case import LONGEST_CASE_NAME
from claims.pages.find_claim import CLAIMS
from claims.pages.forms.fields import Words
from claims.team.case_keeping import LONGEST_ABOUT
from sources.pages.find_source import SOURCES
from workbench.pages.change_form import ChangeForm
from workbench.pages.find import FindField


class OpenCaseForm(forms.Form):
    name = Words(label=_("Name"), most=LONGEST_CASE_NAME, help_text=_("For example an election or a war."))
    about = Words(label=_("What it is about"), most=LONGEST_ABOUT, rows=3, required=False)


class ChangeCaseForm(ChangeForm, OpenCaseForm):
    is_closed = forms.BooleanField(
        label=_("Closed"), required=False, help_text=_("Nothing can be added to a closed case. It stays readable.")
    )

    @staticmethod
    def of(case: DeskCase) -> dict[str, Any]:
        """Return what the form shows of a case."""
        return {"name": case.name, "about": case.about, "is_closed": case.is_closed}


class PutInCaseForm(forms.Form):
    """One thing that belongs to a case."""

    claim = FindField(CLAIMS, label=_("Claim"), required=False, help_text=_("Its number, or words of it."))
    source = FindField(
        SOURCES, label=_("Source"), required=False, help_text=_("The name of the source, or part of it.")
    )
    tag = Words(
        label=_("Tag"),
        most=LONGEST_TAG,
        required=False,
        help_text=_("Every claim with this tag belongs to the case, also one that gets it later."),
    )

    def clean(self) -> dict[str, Any]:
        """Return what was written; refuse a form in which nothing is."""
        written: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(written.values()):
            self.add_error(None, forms.ValidationError(_("Name a claim, a source or a tag."), code="empty"))
        return written
