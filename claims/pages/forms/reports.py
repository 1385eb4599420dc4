"""Forms to filter the list of reports, to publish a report and to correct it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Report
from claims.models.vocabulary import CorrectionKind
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.publishing.correcting import LONGEST_CORRECTION
from workbench.desk.four_eyes import LONGEST_REASON


class ReportFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("all")), *settings.LANGUAGES])


def _waiver(label: str | Promise) -> Words:
    """The reason for which one person does alone what takes two."""
    return Words(
        label=label,
        required=False,
        most=LONGEST_REASON,
        rows=2,
        help_text=_("The log keeps this reason and readers see it. Leave it empty to propose this to a second person."),
    )


class FreezeForm(forms.Form):
    """The language of a report, its summary in that language, and why one person publishes it alone."""

    language = forms.ChoiceField(label=_("Report language"), choices=settings.LANGUAGES)
    summary = Words(
        label=_("Summary in the language of the report"),
        required=False,
        most=LONGEST_NOTE,
        rows=6,
        help_text=_(
            "Fill this in if the verdict is written in another language. If you leave it empty, the report says "
            "which language the summary is in."
        ),
    )
    waiver = _waiver(_("Why you publish the report alone"))


class WaiverForm(forms.Form):
    """A rule of the method, and why it does not hold for this verdict."""

    rule = forms.CharField(widget=forms.HiddenInput)
    reason = Words(label=_("Reason"), most=LONGEST_REASON, rows=2)


class CorrectionForm(forms.Form):
    """A correction, update or retraction of a report."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CorrectionKind.choices, widget=forms.RadioSelect)
    text = Words(
        label=_("Correction and reason"),
        most=LONGEST_CORRECTION,
        rows=5,
        help_text=_(
            "Write in the language of the report. The correction then appears at the top of this report and of "
            "its versions in other languages."
        ),
    )
    waiver = _waiver(_("Why you publish the correction alone"))
    replaced_by = forms.ModelChoiceField(label=_("Replacement report"), queryset=Report.objects.none(), required=False)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = self.fields["replaced_by"]
        others.queryset = Report.objects.filter(decision__claim=report.decision.claim_id).exclude(pk=report.pk)
