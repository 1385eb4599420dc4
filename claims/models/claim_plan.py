"""How the desk plans its work on a claim: owner, due date and priority, who is asked to review it, and its tags.

A person sets each of these, never a machine. The newest row counts, and the earlier ones stay. Nothing here is
evidence, and no report shows it.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.team_vocabulary import Priority
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User

LONGEST_TAG = 60  # characters

Row = TypeVar("Row", bound="EndingRow")


class EndingRowQuerySet(models.QuerySet[Row]):
    def standing(self) -> Self:
        """The rows that count now."""
        return self.filter(ended_at=None)


class EndingRow(models.Model):
    """A row that a person adds and that another act ends. It never changes otherwise, and it stays."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    at = models.DateTimeField(_("set at"), auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects: ClassVar[Any] = EndingRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="%(class)s_is_ended_by_a_person",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("by_id", "at", name="author_stays"),
            frozen("ended_by_id", "ended_at", once="OLD.ended_at IS NOT NULL", name="ended_once"),
        ]

    def end(self, by: User) -> None:
        """Let the row count no more. Whoever calls this adds the entry of the log."""
        self.ended_by, self.ended_at = by, timezone.now()
        self.save(update_fields=["ended_by", "ended_at"])


class ClaimPlan(EndingRow):
    """Who is responsible for a claim, until when, and how urgent it is. A change ends this row and adds the next."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="plans", verbose_name=_("claim"))
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("due on"), null=True)
    priority = models.CharField(_("priority"), max_length=6, choices=Priority, default=Priority.NORMAL)

    class Meta(EndingRow.Meta):
        verbose_name = _("plan for a claim")
        verbose_name_plural = _("plans for claims")
        constraints = [
            *EndingRow.Meta.constraints,
            models.UniqueConstraint("claim", condition=Q(ended_at=None), name="one_plan_per_claim"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="plan_priority_known"),
        ]
        indexes = [
            models.Index("owner", "due_on", condition=Q(ended_at=None), name="plan_by_owner"),
            models.Index("due_on", "claim", condition=Q(ended_at=None), name="plan_by_due"),
        ]
        triggers = [*EndingRow.Meta.triggers, frozen("claim_id", "owner_id", "due_on", "priority")]

    def __str__(self) -> str:
        return str(self.claim)


class ReviewInvitation(EndingRow):
    """That a person is asked to review a claim. Others may review it too: it is no permission."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="invitations", verbose_name=_("claim"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reviewer"))

    class Meta(EndingRow.Meta):
        verbose_name = _("invitation to review")
        verbose_name_plural = _("invitations to review")
        constraints = [
            *EndingRow.Meta.constraints,
            models.UniqueConstraint("claim", "person", condition=Q(ended_at=None), name="invited_once_per_claim"),
        ]
        indexes = [models.Index("person", condition=Q(ended_at=None), name="invitation_by_person")]
        triggers = [*EndingRow.Meta.triggers, frozen("claim_id", "person_id")]

    def __str__(self) -> str:
        return str(self.person)


class ClaimTag(EndingRow):
    """A tag of a claim. ``folded`` is the same for all spellings of a tag, whatever their case."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="tags", verbose_name=_("claim"))
    name = models.CharField(_("tag"), max_length=LONGEST_TAG)
    folded = models.CharField(max_length=2 * LONGEST_TAG, editable=False)

    class Meta(EndingRow.Meta):
        verbose_name = _("tag of a claim")
        verbose_name_plural = _("tags of claims")
        constraints = [
            *EndingRow.Meta.constraints,
            models.UniqueConstraint("claim", "folded", condition=Q(ended_at=None), name="tagged_once_per_claim"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(folded=""), name="tag_has_a_name"),
        ]
        indexes = [models.Index("folded", "claim", condition=Q(ended_at=None), name="tag_by_name")]
        triggers = [*EndingRow.Meta.triggers, frozen("claim_id", "name", "folded")]

    def __str__(self) -> str:
        return self.name
