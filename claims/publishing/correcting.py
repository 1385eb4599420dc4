"""Publish corrections, updates and retractions of reports. The report itself never changes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Correction, Report
from claims.models.vocabulary import ClaimAct, ClaimVerb, CorrectionKind
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

LONGEST_CORRECTION = 5_000  # characters; more is a new report


@transaction.atomic
def correct(
    report: Report, *, by: User, kind: CorrectionKind, text: str, replaced_by: Report | None = None
) -> Correction:
    """Publish a correction, an update or the retraction of a report; the report's page shows it on top from now on.

    The same correction in the same words is returned unchanged: people send forms twice.
    Raises ``Refusal`` (codes ``unknown_choice``, ``empty``, ``too_long``, ``null_character``, ``retracted``,
    ``not_same_claim``) and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(report.decision.claim_id, alone=True)
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
    """Raise ``Refusal`` with the first rule that this correction breaks."""
    if kind not in CorrectionKind.values:
        raise Refusal(_("Choose correction, update or retraction."), "unknown_choice", field="kind")
    _check_text(text)
    if report.corrections.filter(kind=CorrectionKind.RETRACTION).exists():
        raise Refusal(_("This report was retracted. Publish a new report instead."), "retracted")
    if replaced_by is None:
        return
    if replaced_by.pk == report.pk or replaced_by.decision.claim_id != report.decision.claim_id:
        problem = _("Only another report on the same claim can replace this one.")
        raise Refusal(problem, "not_same_claim", field="replaced_by")


def _check_text(text: str) -> None:
    if not text:
        raise Refusal(_("Write the text of the correction, and give the reason."), "empty", field="text")
    if len(text) > LONGEST_CORRECTION:
        problem = _("Write the correction as plain text, in at most %(most)d characters.")
        raise Refusal(problem % {"most": LONGEST_CORRECTION}, "too_long", field="text")
    if "\0" in text:
        problem = _("The text contains a null character, which we cannot store. Remove it and send the form again.")
        raise Refusal(problem, "null_character", field="text")
