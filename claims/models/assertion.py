"""What somebody or something says is so, until a person confirms or rejects it."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import Standing
from workbench.desk.guards import frozen, never_emptied
from workbench.desk.models import User


def stated(by: User) -> dict[str, Any]:
    """Return the columns of an assertion that a person makes: it stands from the start."""
    return {"asserted_by": by, "standing": Standing.CONFIRMED, "settled_by": by, "settled_at": timezone.now()}


def suggested(extractor: str, score: float | None = None) -> dict[str, Any]:
    """Return the columns of an assertion that a machine makes: it waits for a person."""
    return {"extractor": extractor, "score": score, "standing": Standing.SUGGESTED}


class AssertionQuerySet(models.QuerySet[Any]):
    def suggested(self) -> Self:
        """Assertions of a machine that no person has settled."""
        return self.filter(standing=Standing.SUGGESTED)

    def confirmed(self) -> Self:
        """Assertions that a person made or confirmed."""
        return self.filter(standing=Standing.CONFIRMED)

    def standing_firm(self) -> Self:
        """Assertions that no person has rejected."""
        return self.exclude(standing=Standing.REJECTED)


AssertionManager = models.Manager.from_queryset(AssertionQuerySet)


class Assertion(models.Model):
    """A statement with its author: a person, or an extractor with its version and score."""

    asserted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("added by"), editable=False
    )
    extractor = models.CharField(_("program"), max_length=120, blank=True, editable=False)
    score = models.FloatField(_("score"), null=True, blank=True, editable=False)
    asserted_at = models.DateTimeField(_("added at"), auto_now_add=True)
    standing = models.CharField(
        _("assessment"), max_length=10, choices=Standing, default=Standing.SUGGESTED, editable=False
    )
    settled_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed or rejected by"),
        editable=False,
    )
    settled_at = models.DateTimeField(_("confirmed or rejected at"), null=True, blank=True, editable=False)

    objects = AssertionManager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(asserted_by__isnull=False, extractor="") | (Q(asserted_by=None) & ~Q(extractor="")),
                name="%(class)s_names_its_author",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.SUGGESTED, settled_by=None, settled_at=None)
                | Q(
                    standing__in=[Standing.CONFIRMED, Standing.REJECTED],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="%(class)s_settled_by_a_person",
            ),
            # A machine suggests; a statement of a person is that person's from the start.
            models.CheckConstraint(
                condition=Q(asserted_by=None) | ~Q(standing=Standing.SUGGESTED), name="%(class)s_person_stands_by_it"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="settled_stays_settled",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.standing <> 'suggested' AND (NEW.standing = 'suggested' OR ("
                    "(NEW.standing <> OLD.standing OR NEW.settled_by_id IS DISTINCT FROM OLD.settled_by_id) "
                    "AND NEW.settled_at IS NOT DISTINCT FROM OLD.settled_at))"
                ),
                func="RAISE EXCEPTION 'what a person settled is never unsettled, and only settled anew';",
            ),
            pgtrigger.Protect(
                name="settled_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.standing <> 'suggested'"),
            ),
            # What it says is frozen by each kind of assertion for itself: to say something else is another assertion.
            frozen("asserted_by_id", "extractor", "score", "asserted_at", name="author_is_kept"),
            never_emptied(),
        ]

    @property
    def author(self) -> str:
        """Who says so: a person's name, or the extractor with its version."""
        return str(self.asserted_by or self.extractor)

    @property
    def is_suggested(self) -> bool:
        """Whether this still waits for a person."""
        return self.standing == Standing.SUGGESTED
