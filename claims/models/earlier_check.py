"""Earlier fact-checks of others that bear on a claim: suggested by a machine, linked or dismissed by a person."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from claims.models.assertion import Assertion, AssertionQuerySet
from claims.models.claim import Claim
from claims.models.vocabulary import AssertionStatus
from sources.models import FactCheck
from workbench.desk.guards import frozen
from workbench.desk.work_queue import Work, WorkQuerySet


class EarlierCheckQuerySet(AssertionQuerySet):
    def for_list(self) -> Self:
        """Fact-checks with what a list shows of each: those that people linked first, then the best."""
        linked = models.Case(models.When(standing=AssertionStatus.CONFIRMED, then=0), default=1)
        rows = self.select_related("fact_check__document", "settled_by").annotate(place=linked)
        return rows.order_by("place", F("score").desc(nulls_first=True), "pk")


class EarlierCheck(Assertion):
    """A fact-check of another publisher that bears on a claim. ``fingerprint`` is what it said when it was found."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="earlier_checks", verbose_name=_("claim"))
    fact_check = models.ForeignKey(FactCheck, models.PROTECT, related_name="links", verbose_name=_("fact-check"))
    fingerprint = models.CharField("SHA-256", max_length=64, editable=False)
    why = models.CharField(_("reason for the suggestion"), max_length=300, blank=True, editable=False)

    objects = EarlierCheckQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Assertion.Meta):
        verbose_name = _("earlier fact-check")
        verbose_name_plural = _("earlier fact-checks")
        ordering = ["pk"]
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint("claim", "fact_check", name="earlier_check_once"),
        ]
        triggers = [*Assertion.Meta.triggers, frozen("claim_id", "fact_check_id", "fingerprint", "why")]

    def __str__(self) -> str:
        return str(self.fact_check)


class CheckLookup(Work):
    """The search for earlier fact-checks of one claim among those that the desk holds, as long as the claim is open."""

    task = "claims.tasks.look_up_fact_checks"

    claim = models.OneToOneField(Claim, models.CASCADE, related_name="check_lookup", verbose_name=_("claim"))
    seen_to = models.BigIntegerField(_("compared up to"), default=0, editable=False)  # a key of the fact-checks
    wordings = models.CharField(max_length=64, blank=True, editable=False)  # names those that were compared

    objects = WorkQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("search for earlier fact-checks")
        verbose_name_plural = _("searches for earlier fact-checks")

    def __str__(self) -> str:
        return str(self.claim)
