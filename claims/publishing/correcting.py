"""Put right, in public, what a published report got wrong. The report itself stays as it was."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Correction, Report
from claims.models.vocabulary import ClaimAct, ClaimVerb, CorrectionKind
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require

LONGEST_CORRECTION = 5_000  # characters; more is a new report


class NotCorrected(Exception):
    """This correction cannot be published. The message is fit to show to a person."""


@transaction.atomic
def correct(
    report: Report, *, by: User, kind: CorrectionKind, text: str, replaced_by: Report | None = None
) -> Correction:
    """Publish a correction, an update or the retraction of a report; it shows on top of the report's page from now on.

    What was said already, in the same words, is returned as it stands: forms are sent twice.
    Raises ``NotCorrected`` and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.select_for_update().get(pk=report.decision.claim_id)
    text = text.strip()
    _check(report, kind, text, replaced_by)
    correction, new = Correction.objects.get_or_create(
        report=report, kind=kind, text=text, replaced_by=replaced_by, defaults={"made_by": by}
    )
    if new:
        audit.record(
            by,
            ClaimVerb.CORRECTED_REPORT,
            report,
            chain=audit.name_of(claim),
            correction=correction.pk,
            kind=kind,
            text=text,
            replaced_by=replaced_by.number if replaced_by else None,
        )
    return correction


def _check(report: Report, kind: CorrectionKind, text: str, replaced_by: Report | None) -> None:
    """Raise ``NotCorrected`` with the first rule that stands against this correction."""
    if kind not in CorrectionKind.values:
        raise NotCorrected(_("Choose correction, update or retraction."))
    if not text:
        raise NotCorrected(_("Write the text of the correction, and give the reason."))
    if len(text) > LONGEST_CORRECTION or "\0" in text:
        most = {"most": LONGEST_CORRECTION}
        raise NotCorrected(_("Write the correction as plain text, in at most %(most)d characters.") % most)
    if report.corrections.filter(kind=CorrectionKind.RETRACTION).exists():
        raise NotCorrected(_("This report was retracted. Publish a new report instead."))
    if replaced_by is None:
        return
    if replaced_by.pk == report.pk or replaced_by.decision.claim_id != report.decision.claim_id:
        raise NotCorrected(_("Only another report on the same claim can replace this one."))
