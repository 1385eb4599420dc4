"""Published reports, and the corrections published with them."""

from __future__ import annotations

from typing import Any, Self, cast

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.review import Decision
from claims.models.vocabulary import CorrectionKind
from workbench.desk.guards import append_only
from workbench.desk.models import User
from workbench.desk.word_search import Searchable, WordsField, found


class ReportQuerySet(models.QuerySet["Report"]):
    def for_list(self) -> Self:
        """Reports with what a list shows of each one, in one query and without their content."""
        own = Correction.objects.filter(report=OuterRef("pk"))
        elsewhere = Correction.objects.filter(_in_another_language(OuterRef("decision"), OuterRef("language")))
        return (
            self.select_related("decision__claim", "frozen_by")
            .defer("content")
            .annotate(
                corrected=Exists(own.exclude(kind=CorrectionKind.RETRACTION)),
                retracted=Exists(own.filter(kind=CorrectionKind.RETRACTION)),
                elsewhere=Exists(elsewhere),
            )
        )

    def search(self, words: str) -> Self:
        """Reports that have these words in their claim and the summary of their verdict, or in its wordings."""
        return cast("Self", found(self, words, "decision__word_index", "decision__claim"))

    def standing(self) -> Self:
        """Reports that were not retracted."""
        return self.exclude(pk__in=Correction.objects.filter(kind=CorrectionKind.RETRACTION).values("report"))


class Report(models.Model):
    """A verdict with everything it rests on, published once and never changed. Append-only.

    ``content`` is the JSON text that was hashed (its shape: ``publishing/report_content.py``). PDF and CSV are made
    from it alone, so a report never changes.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reports", verbose_name=_("verdict"))
    number = models.PositiveIntegerField(_("number"), unique=True)
    language = models.CharField(_("language"), max_length=8)
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    log_head = models.CharField(_("end of the claim's log"), max_length=64)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("published by"))
    frozen_at = models.DateTimeField(_("published at"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="report_hash"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return _("Report %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Return where the report is published."""
        return reverse("claims:report", args=[self.number])

    def newer(self) -> Report | None:
        """The newest later report on the same claim in the same language that was not retracted; or none."""
        after = Report.objects.standing().filter(decision__claim=self.decision.claim_id, number__gt=self.number)
        return after.filter(language=self.language).order_by("-number").first()

    def translations(self) -> ReportQuerySet:
        """Reports of the same verdict in other languages that were not retracted."""
        others = Report.objects.standing().filter(decision=self.decision_id).exclude(language=self.language)
        later = Report.objects.filter(decision=self.decision_id, language=OuterRef("language"))
        edited = later.filter(number__gt=OuterRef("number"), made_by_edit__isnull=False)
        return others.exclude(Exists(edited))  # the copy-edited one is read instead

    def put_right(self) -> models.QuerySet[Correction]:
        """The corrections its page shows: its own, and those of the same verdict in other languages."""
        shown = Q(report=self.pk) | _in_another_language(self.decision_id, self.language)
        return Correction.objects.filter(shown).select_related("report", "replaced_by", "proposal")


def _in_another_language(decision: Any, language: Any) -> Q:
    """Choose the corrections that a report shows beside its own: an error in one language is usually in all of them.

    Not those of an earlier report in the same language: this report replaced it.
    """
    return Q(report__decision=decision) & ~Q(report__language=language)


class Correction(Searchable):
    """A correction, update or retraction published with a report. Append-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="corrections", verbose_name=_("report"))
    kind = models.CharField(_("kind"), max_length=12, choices=CorrectionKind)
    text = models.TextField(_("text of the correction"))
    replaced_by = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replaced by")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("published by"))
    made_at = models.DateTimeField(_("published at"), auto_now_add=True)
    word_index = WordsField("text")

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["made_at", "pk"]
        indexes = [GinIndex("word_index", name="correction_words")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CorrectionKind.values), name="correction_kind_known"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.report}"

    @property
    def alone(self) -> str:
        """The reason for which one person published it without a second one; empty where two people did."""
        proposal = getattr(self, "proposal", None)
        return str(proposal.waiver) if proposal else ""
