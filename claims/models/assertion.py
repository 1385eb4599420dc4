"""Assertions: statements by a person, or suggestions by a machine that a person confirms or rejects."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import AssertionStatus
from workbench.desk.guards import frozen, never_emptied
from workbench.desk.models import User
from workbench.desk.refusal import Refusal


def stated(by: User) -> dict[str, Any]:
    """Return the columns of an assertion by a person: it is confirmed from the start."""
    return {"asserted_by": by, "standing": AssertionStatus.CONFIRMED, "settled_by": by, "settled_at": timezone.now()}


def suggested(extractor: str, score: float | None = None) -> dict[str, Any]:
    """Return the columns of an assertion by a machine: a suggestion for a person to confirm or reject."""
    return {"extractor": extractor, "score": score, "standing": AssertionStatus.SUGGESTED}


class AssertionQuerySet(models.QuerySet[Any]):
    def suggested(self) -> Self:
        """Suggestions of a machine that no person has confirmed or rejected."""
        return self.filter(standing=AssertionStatus.SUGGESTED)

    def confirmed(self) -> Self:
        """Assertions that a person made or confirmed."""
        return self.filter(standing=AssertionStatus.CONFIRMED)

    def standing_firm(self) -> Self:
        """Assertions that no person has rejected."""
        return self.exclude(standing=AssertionStatus.REJECTED)


AssertionManager = models.Manager.from_queryset(AssertionQuerySet)


def settled_stays(*, unless: str = "") -> pgtrigger.Trigger:
    """Return the trigger that keeps what a person settled, but where the statements ``unless`` return the row."""
    return pgtrigger.Trigger(
        name="settled_stays_settled",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.standing <> 'suggested' AND (NEW.standing = 'suggested' OR ("
            "(NEW.standing <> OLD.standing OR NEW.settled_by_id IS DISTINCT FROM OLD.settled_by_id) "
            "AND NEW.settled_at IS NOT DISTINCT FROM OLD.settled_at))"
        ),
        func=f"{unless}RAISE EXCEPTION 'what a person settled is never unsettled, and only settled anew';",
    )


class Assertion(models.Model):
    """A statement with its author: a person, or a program with its version and score."""

    asserted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("added by"), editable=False
    )
    extractor = models.CharField(_("program"), max_length=120, blank=True, editable=False)
    score = models.FloatField(_("score"), null=True, blank=True, editable=False)
    asserted_at = models.DateTimeField(_("added at"), auto_now_add=True)
    standing = models.CharField(
        _("assessment"), max_length=10, choices=AssertionStatus, default=AssertionStatus.SUGGESTED, editable=False
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
                condition=Q(standing=AssertionStatus.SUGGESTED, settled_by=None, settled_at=None)
                | Q(
                    standing__in=[AssertionStatus.CONFIRMED, AssertionStatus.REJECTED],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="%(class)s_settled_by_a_person",
            ),
            # Only machines suggest: an assertion by a person is confirmed from the start.
            models.CheckConstraint(
                condition=Q(asserted_by=None) | ~Q(standing=AssertionStatus.SUGGESTED),
                name="%(class)s_person_stands_by_it",
            ),
        ]
        triggers = [
            settled_stays(),
            pgtrigger.Protect(
                name="settled_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.standing <> 'suggested'"),
            ),
            # Each kind of assertion freezes its own columns: another content is another assertion.
            frozen("asserted_by_id", "extractor", "score", "asserted_at", name="author_is_kept"),
            never_emptied(),
        ]

    @property
    def author(self) -> str:
        """Who made it: a person's name, or the program with its version."""
        return str(self.asserted_by or self.extractor)

    @property
    def is_suggested(self) -> bool:
        """Whether no person has confirmed or rejected this yet."""
        return self.standing == AssertionStatus.SUGGESTED

    @property
    def version(self) -> str:
        """What a form sends back to say what its page showed: empty for a suggestion, else the time of the decision.

        The time changes with every decision: a trigger sees to it.
        """
        return "" if self.settled_at is None else self.settled_at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")

    def check_seen(self, seen: str | None, *, by: User) -> None:
        """Raise ``Refusal`` (code ``overtaken``) if somebody else has decided since this person saw it.

        ``seen`` is the version that they saw; None where nobody looked at a page. What they decided themselves
        meanwhile, on another page, they know.
        """
        if seen is not None and self.version != seen and self.settled_by_id != by.pk:
            raise Refusal(gettext("Somebody else has decided this since you opened the page."), "overtaken")
