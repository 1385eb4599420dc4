"""Published reports, and the corrections published with them."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from claims.models.review import Decision
from claims.models.vocabulary import CorrectionKind
from workbench.desk.guards import append_only
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.row_address import row_address
from workbench.desk.word_search import FoundByWords, Searchable, WordsField


class ReportQuerySet(FoundByWords, models.QuerySet["Report"]):
    word_places = ("decision__word_index", "decision__claim")  # claim and summary of its verdict, or other wordings

    def for_list(self) -> Self:
        """Reports with what a list shows of each one, in one query and without their content.

        ``successor`` and ``predecessor`` have the number and rating of the report that replaced each and that it
        replaced; ``overtaken`` says that there is a later verdict, published or not.
        """
        own = Correction.objects.filter(report=OuterRef("pk"))
        later = Decision.objects.filter(claim=OuterRef("decision__claim"), round__gt=OuterRef("decision__round"))
        elsewhere = Correction.objects.filter(
            _in_another_language(*map(OuterRef, ("decision", "language", "is_sample")))
        )
        return (
            self.select_related("decision__claim", "frozen_by")
            .defer("content")
            .annotate(
                corrected=Exists(own.exclude(kind=CorrectionKind.RETRACTION)),
                retracted=Exists(own.filter(kind=CorrectionKind.RETRACTION)),
                elsewhere=Exists(elsewhere),
                successor=_linked(Report.objects.standing(), "gt"),
                predecessor=_linked(Report.objects.all(), "lt"),
                overtaken=Exists(later),
            )
        )

    def standing(self) -> Self:
        """Reports that were not retracted."""
        return self.exclude(pk__in=Correction.objects.filter(kind=CorrectionKind.RETRACTION).values("report"))


class Report(models.Model):
    """A verdict with everything it rests on, published once and never changed. Append-only.

    ``content`` is the JSON text that was hashed (its shape: ``publishing/report_content.py``). PDF and CSV are made
    from it alone, so a report never changes. A sample was published on a desk with the sample case: it is not public.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reports", verbose_name=_("verdict"))
    number = models.PositiveIntegerField(_("number"), unique=True)
    language = models.CharField(_("language"), max_length=8)
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    log_head = models.CharField(_("end of the claim's log"), max_length=64)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
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
        return row_address("claims:report", self.number)

    def newer(self) -> Report | None:
        """The newest later report on the same claim in the same language that was not retracted; or none."""
        after = Report.objects.standing().filter(decision__claim=self.decision.claim_id, number__gt=self.number)
        return after.filter(language=self.language, is_sample=self.is_sample).order_by("-number").first()

    def translations(self) -> ReportQuerySet:
        """Reports of the same verdict in other languages that were not retracted."""
        others = Report.objects.standing().filter(decision=self.decision_id, is_sample=self.is_sample)
        later = Report.objects.filter(decision=self.decision_id, language=OuterRef("language"))
        edited = later.filter(number__gt=OuterRef("number"), made_by_edit__isnull=False)
        return others.exclude(language=self.language).exclude(Exists(edited))  # the copy-edited one is read instead

    def put_right(self) -> models.QuerySet[Correction]:
        """The corrections its page shows: its own, and those of the same verdict in other languages."""
        shown = Q(report=self.pk) | _in_another_language(self.decision_id, self.language, self.is_sample)
        return Correction.objects.filter(shown).select_related("report", "replaced_by", "proposal")


def _linked(reports: models.QuerySet[Report], than: str) -> Subquery:
    """Return number and rating of the report of the newest verdict that is later (``gt``) or earlier (``lt``).

    It is in the language of the outer report where there is one. A report of the same verdict in the same language is
    another version of it.
    """
    of_claim = reports.filter(decision__claim=OuterRef("decision__claim"), is_sample=OuterRef("is_sample"))
    verdict = Q(**{f"decision__round__{than}": OuterRef("decision__round")})
    same = Q(decision=OuterRef("decision"), language=OuterRef("language"))
    version = same & Q(**{f"number__{than}": OuterRef("number")})
    language = Case(When(language=OuterRef("language"), then=Value(0)), default=Value(1), output_field=IntegerField())
    chosen = of_claim.filter(verdict | version).alias(in_another_language=language)
    ordered = chosen.order_by("-decision__round", "in_another_language", "-number")
    told = JSONObject(number="number", rating="decision__rating")
    return Subquery(ordered.values(told=told)[:1], output_field=models.JSONField())


def _in_another_language(decision: Any, language: Any, is_sample: Any) -> Q:
    """Choose the corrections that a report shows beside its own: an error in one language is usually in all of them.

    Not those of an earlier report in the same language: this report replaced it.
    """
    return Q(report__decision=decision, report__is_sample=is_sample) & ~Q(report__language=language)


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
        return labelled(self.get_kind_display(), self.report)

    @property
    def alone(self) -> str:
        """The reason for which one person published it without a second one; empty where two people did."""
        proposal = getattr(self, "proposal", None)
        return str(proposal.waiver) if proposal else ""
