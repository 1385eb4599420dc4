"""Vectors of the wordings of claims, and the comparison of new coverage with all open claims."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.vocabulary import CLOSED
from sources.models.vector import VectorField
from workbench.desk.work_queue import Work, WorkQuerySet


class ClaimVectorQuerySet(models.QuerySet["ClaimVector"]):
    def of_open_claims(self, model: str) -> Self:
        """The wordings of open claims, with the vectors that a model made of them."""
        return self.filter(model=model).exclude(claim__status__in=CLOSED)

    def leveled_before(self, moment: datetime) -> Self:
        """Those whose levels were taken before a moment, or never: the collection has grown since."""
        stale = models.Q(leveled_at=None) | models.Q(leveled_at__lt=moment)
        return self.filter(stale, vector__isnull=False).order_by(models.F("leveled_at").asc(nulls_first=True), "pk")


class ClaimVector(models.Model):
    """A wording of a claim, with its vector. Workers replace it when the wordings of the claim or the model change."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="vectors", verbose_name=_("claim"))
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=8, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    vector = VectorField(_("vector"), null=True)
    levels = models.JSONField(_("cosines of ordinary passages"), default=dict)  # by group of languages

    leveled_at = models.DateTimeField(_("cosines taken at"), null=True)

    objects = ClaimVectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("vector of a claim")
        verbose_name_plural = _("vectors of claims")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Comparison(Work):
    """A part of the comparison of new coverage with all open claims: it takes some of the readings that arrive.

    Several workers compare at the same time, each in a part of its own.
    """

    task = "claims.tasks.compare_new_coverage"
    takes_turns = True  # a worker takes one part after the other

    model = models.CharField(
        _("model"), max_length=120, blank=True, editable=False
    )  # of the first part: open claims have its vectors

    objects = WorkQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("comparison of new coverage")
        verbose_name_plural = _("comparisons of new coverage")

    def __str__(self) -> str:
        return self.model
