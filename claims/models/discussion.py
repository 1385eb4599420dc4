"""Internal notes: what people of the desk write to one another about a claim; in no report and no package."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.review import Decision, Review
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct
from workbench.desk.guards import append_only
from workbench.desk.models import User
from workbench.desk.row_address import row_address


class DiscussionNoteQuerySet(models.QuerySet["DiscussionNote"]):
    def first_ones(self) -> Self:
        """Notes as they were first written, without their later versions."""
        return self.filter(first=None)

    def without_removed(self) -> Self:
        """Versions of notes without the words of those that were removed; the removals themselves stay."""
        removals = DiscussionNote.objects.filter(is_removal=True)
        of_same = removals.filter(Q(first=OuterRef("first")) | Q(first=OuterRef("pk")))
        return self.filter(Q(is_removal=True) | ~Exists(of_same))

    def readable_by(self, reader: User) -> Self:
        """Versions of notes that this person may read; that a note was removed, everybody may.

        Of what others write in a round of review, who could still review the claim reads nothing, and everybody else
        only what was written before the first review since the newest verdict. It opens to whom the reviews of the
        round are open, as ``Review.objects.visible_to`` says, and to everybody after a verdict.
        """
        anybody = Q(round=None) | Q(by=reader) | Q(is_removal=True)
        verdict = Exists(Decision.objects.filter(claim=OuterRef("claim"), round__gte=OuterRef("round")))
        of_round = Review.objects.filter(claim=OuterRef("claim"), round=OuterRef("round"))
        followed = Exists(Decision.objects.filter(claim=OuterRef("claim"), round__gte=OuterRef("round")))
        since_verdict = Review.objects.filter(~followed, claim=OuterRef("claim"), round__lte=OuterRef("round"))
        early = ~Exists(since_verdict.filter(submitted_at__lte=OuterRef("at")))
        if not reader.may(ClaimAct.REVIEW):
            return self.filter(anybody | verdict | early)
        opened = Q(Exists(of_round.filter(reviewer=reader)))
        own_claim = Q(claim__logged_by=reader) & early
        if reader.may(ClaimAct.DECIDE):
            number = of_round.order_by().values("claim").annotate(number=Count("pk")).values("number")
            return self.alias(of_round=Subquery(number)).filter(
                anybody | verdict | opened | own_claim | Q(of_round__gte=FEWEST_REVIEWS)
            )
        return self.filter(anybody | verdict | opened | own_claim)


class DiscussionNote(models.Model):
    """One version of an internal note on a claim, on a piece of its evidence, or on the report of a verdict.

    Append-only: an edit is a new version of the ``first`` one, and a removal is a version without words. ``round`` is
    that of the review in which it was written, or that comes next where its author knew a finding by then; else none.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="discussion", verbose_name=_("claim"))
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="discussion", verbose_name=_("evidence")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="discussion", verbose_name=_("verdict")
    )
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="versions", verbose_name=_("first version")
    )
    text = models.TextField(_("words of the note"), blank=True)
    mentioned = ArrayField(models.CharField(max_length=150), verbose_name=_("people mentioned"), default=list)
    round = models.PositiveSmallIntegerField(_("round of review"), null=True, blank=True)
    is_removal = models.BooleanField(_("removes the note"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written at"), auto_now_add=True)

    objects = DiscussionNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]
        indexes = [models.Index("claim", "id", name="note_of_claim", condition=Q(first=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_removal=False) & ~Q(text="") | Q(is_removal=True, text="", first__isnull=False),
                name="note_has_words_or_removes",
            ),
            models.CheckConstraint(condition=Q(evidence=None) | Q(decision=None), name="note_is_about_one_thing"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return _now("Internal note %(n)d") % {"n": self.first_id or self.pk}

    def get_absolute_url(self) -> str:
        """Return where it is shown: who may not read it finds the other notes there."""
        return f"{row_address('claims:discussion', self.claim_id)}#note-{self.first_id or self.pk}"
