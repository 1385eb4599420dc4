"""What the page of a report says about corrections: its own, and those of the same verdict in other languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from django.utils.translation import gettext as _

from claims.models import Correction, Report
from claims.models.vocabulary import CorrectionKind
from claims.publishing.exports.page import readable
from claims.publishing.exports.page.readable import Moment
from workbench.desk.language_names import language_name


@dataclass(frozen=True)
class ShownCorrection:
    """A correction with its title, the other report it stands beside, and the report to read instead, if any.

    ``alone`` is the reason for which one person published it without a second one.
    """

    row: Correction
    title: str
    made_at: Moment
    of: Report | None
    instead: Report | None
    alone: str


@dataclass(frozen=True)
class CorrectionNotices:
    """The corrections under one title, and what they mean for the files of the report."""

    title: str
    shown: list[ShownCorrection]
    retracted: bool
    on_files: str


def of(report: Report, corrections: Sequence[Correction]) -> CorrectionNotices:
    """Return the notices of a report, a retraction first."""
    own = [each for each in corrections if each.report_id == report.pk]
    retractions = [each for each in own if each.kind == CorrectionKind.RETRACTION]
    ordered = [*retractions, *(each for each in corrections if each not in retractions)]
    title, on_files = _texts(corrections, own, retractions)
    return CorrectionNotices(title, [_shown(each, report) for each in ordered], bool(retractions), on_files)


def _texts(
    corrections: Sequence[Correction], own: Sequence[Correction], retractions: Sequence[Correction]
) -> tuple[str, str]:
    if retractions:
        unchanged = _("This report was retracted. The files below are unchanged and do not mention the retraction.")
        return _("This report was retracted"), unchanged
    if not corrections:
        return "", ""
    on_files = _(
        "The PDF, Excel, CSV and JSON files are never changed. "
        "Corrections appear on this page and in the ClaimReview data."
    )
    return _("Corrections since publication") if own else _("Another language version was corrected"), on_files


def _shown(row: Correction, shown_on: Report) -> ShownCorrection:
    elsewhere = row.report_id != shown_on.pk
    return ShownCorrection(
        row=row,
        title=_title_elsewhere(row) if elsewhere else row.get_kind_display(),
        made_at=readable.moment(row.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        of=row.report if elsewhere else None,
        instead=row.replaced_by if row.replaced_by_id != shown_on.pk else None,
        alone=row.alone,
    )


def _title_elsewhere(row: Correction) -> str:
    return _("%(kind)s of report %(number)s on the same verdict, in %(language)s") % {
        "kind": row.get_kind_display(),
        "number": row.report.number,
        "language": language_name(row.report.language),
    }
