"""Copy-edits of published reports: a typing error in the summary or the short version, mended by two people."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.report import Report
from claims.models.review import Decision
from claims.models.vocabulary import CopyEditStatus, EditedPart
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled


class CopyEditQuerySet(models.QuerySet["CopyEdit"]):
    def for_page(self) -> Self:
        """Copy-edits with what a page shows of each, in one query; the newest first."""
        return self.select_related("report__decision__claim", "proposed_by", "second", "made").order_by("-pk")

    def waiting_for(self, person: User) -> Self:
        """Proposals of others that wait for a second person."""
        return self.filter(state=CopyEditStatus.PROPOSED).exclude(proposed_by=person)

    def summary_of(self, decision: Decision) -> str:
        """Return the summary of a verdict with the copy-edits that two people agreed on."""
        agreed = self.filter(
            report__decision=decision, part=EditedPart.SUMMARY, of_verdict=True, state=CopyEditStatus.AGREED
        )
        newest = agreed.order_by("-answered_at", "-pk").values_list("after", flat=True).first()
        return newest or decision.summary


class CopyEdit(models.Model):
    """A copy-edit: the words before and after, who proposed it, who agreed, and the new version of the report.

    The report with the old words stays as it is, and so does the verdict.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="copy_edits", verbose_name=_("report"))
    part = models.CharField(_("part"), max_length=10, choices=EditedPart)
    before = models.TextField(_("before"))
    after = models.TextField(_("after"))
    of_verdict = models.BooleanField(_("words of the verdict itself"))  # not of a summary written for one language
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    state = models.CharField(
        _("status"), max_length=8, choices=CopyEditStatus, default=CopyEditStatus.PROPOSED, editable=False
    )
    second = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("agreed or declined by"), editable=False
    )
    answered_at = models.DateTimeField(_("agreed or declined at"), null=True, editable=False)
    made = models.OneToOneField(
        Report, models.PROTECT, null=True, related_name="made_by_edit", verbose_name=_("new report"), editable=False
    )

    objects = CopyEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy-edit")
        verbose_name_plural = _("copy-edits")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=EditedPart.values), name="copyedit_part_known"),
            models.CheckConstraint(
                condition=Q(state=CopyEditStatus.PROPOSED, second=None, answered_at=None, made=None)
                | Q(state=CopyEditStatus.DECLINED, second__isnull=False, answered_at__isnull=False, made=None)
                | Q(state=CopyEditStatus.AGREED, second__isnull=False, answered_at__isnull=False)
                & ~Q(second=F("proposed_by")),
                name="copyedit_agreed_by_a_second_person",
            ),
            models.UniqueConstraint(
                "report", "part", condition=Q(state=CopyEditStatus.PROPOSED), name="one_open_copyedit_per_part"
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("report_id", "part", "before", "after", "of_verdict", "reason", "proposed_by_id", "proposed_at"),
            frozen("state", "second_id", "answered_at", "made_id", once="OLD.state <> 'proposed'", name="settled"),
        ]

    def __str__(self) -> str:
        return labelled(self.report, self.get_part_display())

    @property
    def waits(self) -> bool:
        """Whether it still needs a second person."""
        return self.state == CopyEditStatus.PROPOSED
