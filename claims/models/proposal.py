"""Reports and corrections that one person proposed for a second one to agree to, or published alone with a reason."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.report import Correction, Report
from claims.models.review import Decision
from claims.models.vocabulary import CorrectionKind, Status
from workbench.desk.four_eyes import DONE, Proposal, ProposalQuerySet
from workbench.desk.guards import frozen
from workbench.desk.language_names import language_name
from workbench.desk.punctuation import labelled
from workbench.desk.vocabulary import ProposalState

MADE = Q(state__in=DONE) & Q(made__isnull=False) | ~Q(state__in=DONE) & Q(made=None)


class ProposedReportQuerySet(ProposalQuerySet["ProposedReport"]):
    def for_page(self) -> Self:
        """Proposals with what a page shows of each, in one query; the newest first."""
        return super().for_page().select_related("decision__claim", "made")

    def open(self) -> Self:
        """Proposals that can still be agreed to: the claim has not been reviewed again since."""
        claim = "decision__claim"
        return self.waiting().filter(**{f"{claim}__status": Status.DECIDED, f"{claim}__round": F("decision__round")})


class ProposedReport(Proposal):
    """A report that the person who gave the verdict proposes, or publishes alone with a reason."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="proposed_reports", verbose_name=_("verdict"))
    language = models.CharField(_("language"), max_length=8)
    summary = models.TextField(_("summary"), blank=True)
    made: models.OneToOneField[Any, Any] = models.OneToOneField(
        Report, models.PROTECT, null=True, related_name="proposal", verbose_name=_("report"), editable=False
    )

    objects: ClassVar[Any] = ProposedReportQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("proposed report")
        verbose_name_plural = _("proposed reports")
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(condition=MADE, name="proposed_report_is_made_when_agreed"),
            models.UniqueConstraint(
                "decision", "language", condition=Q(state=ProposalState.PROPOSED), name="one_report_proposed"
            ),
        ]
        triggers = [
            *Proposal.Meta.triggers,
            frozen("decision_id", "language", "summary"),
            frozen("made_id", once="OLD.state <> 'proposed'", name="made_stays"),
        ]

    def __str__(self) -> str:
        return _("Report on “%(claim)s” (%(language)s)") % {
            "claim": self.decision.claim,
            "language": language_name(self.language),
        }


class ProposedCorrectionQuerySet(ProposalQuerySet["ProposedCorrection"]):
    def for_page(self) -> Self:
        """Proposals with what a page shows of each, in one query; the newest first."""
        return super().for_page().select_related("report__decision__claim", "replaced_by", "made")

    def open(self) -> Self:
        """Proposals that can still be agreed to: the report has not been retracted since."""
        retracted = Correction.objects.filter(kind=CorrectionKind.RETRACTION).values("report")
        return self.waiting().exclude(report__in=retracted)


class ProposedCorrection(Proposal):
    """A correction, update or retraction that an editor proposes, or publishes alone with a reason."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="proposed_corrections", verbose_name=_("report"))
    kind = models.CharField(_("kind"), max_length=12, choices=CorrectionKind)
    text = models.TextField(_("text of the correction"))
    replaced_by = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replaced by")
    )
    made: models.OneToOneField[Any, Any] = models.OneToOneField(
        Correction, models.PROTECT, null=True, related_name="proposal", verbose_name=_("correction"), editable=False
    )

    objects: ClassVar[Any] = ProposedCorrectionQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=CorrectionKind.values), name="proposed_kind_known"),
            models.CheckConstraint(condition=MADE, name="proposed_correction_is_made_when_agreed"),
            models.UniqueConstraint(
                "report", "kind", condition=Q(state=ProposalState.PROPOSED), name="one_correction_proposed_per_kind"
            ),
        ]
        triggers = [
            *Proposal.Meta.triggers,
            frozen("report_id", "kind", "text", "replaced_by_id"),
            frozen("made_id", once="OLD.state <> 'proposed'", name="made_stays"),
        ]

    def __str__(self) -> str:
        return labelled(self.get_kind_display(), self.report)
