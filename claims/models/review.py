"""Reviews and who may read them (blind review), verdicts with their citations, and requests for comment."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, Rating, Said
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.word_search import Searchable, WordsField

FINGERPRINT = "claim-workbench-review-v2"  # the first text of what the fingerprint of a review covers


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, reader: User) -> Self:
        """Reviews this person may read: those of others only after their own, or after the verdict (blind review).

        The reviews of a round without a verdict stay hidden: they could influence the next round. Editors read them
        as soon as there are enough for a verdict.
        """
        decided = Exists(Decision.objects.filter(claim=OuterRef("claim"), round=OuterRef("round")))
        if not reader.may(ClaimAct.REVIEW):
            return self.filter(decided)
        own = Review.objects.filter(claim=OuterRef("claim"), round=OuterRef("round"), reviewer=reader)
        if not reader.may(ClaimAct.DECIDE):
            return self.filter(decided | Exists(own))
        of_round = Review.objects.filter(claim=OuterRef("claim"), round=OuterRef("round")).order_by().values("claim")
        number = Subquery(of_round.annotate(number=Count("pk")).values("number"))
        return self.alias(of_round=number).filter(decided | Exists(own) | Q(of_round__gte=FEWEST_REVIEWS))

    def since_verdict(self) -> Self:
        """Reviews of the present round, and of earlier ones that no verdict has followed."""
        followed = Exists(Decision.objects.filter(claim=OuterRef("claim"), round__gte=OuterRef("round")))
        return self.filter(Q(round=F("claim__round")) | ~followed)


def differing(reviews: Iterable[Review]) -> str:
    """Return a sentence where reviews differ in their rating or in whether it was said; nothing where they agree."""
    found = dict.fromkeys(f"{row.get_rating_display()}, {row.get_said_display()}" for row in reviews)
    return gettext("The reviewers differ: %(findings)s.") % {"findings": " – ".join(found)} if len(found) > 1 else ""


def unguessable() -> str:
    """Return 32 hexadecimal digits that nobody can guess."""
    return secrets.token_hex(16)


class Review(Searchable):
    """One reviewer's finding on a claim in one round. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews", verbose_name=_("claim"))
    round = models.PositiveSmallIntegerField(_("round of review"))
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    rating = models.CharField(_("rating"), max_length=20, choices=Rating)
    said = models.CharField(_("was it said"), max_length=10, choices=Said, default=Said.UNKNOWN)
    reasoning = models.TextField(_("reasons"))
    nonce = models.CharField(_("nonce"), max_length=32, default=unguessable, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    word_index = WordsField("reasoning")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["submitted_at", "pk"]
        indexes = [GinIndex("word_index", name="review_words")]
        constraints = [
            models.UniqueConstraint("claim", "round", "reviewer", name="one_review_per_reviewer_and_round"),
            models.CheckConstraint(condition=Q(rating__in=Rating.values), name="review_rating_known"),
            models.CheckConstraint(condition=~Q(reasoning=""), name="review_has_reasons"),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="review_said_known"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return labelled(self.reviewer, self.get_rating_display())

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the nonce, the reviewer's key, the finding and its reasons. The log holds it in blind review.

        Without the nonce, one could guess short reasons and compare hashes. The key stays when a person is renamed.
        """
        texts = [FINGERPRINT, self.nonce, str(self.reviewer_id), self.rating, self.said, self.reasoning]
        return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()

    def earlier_fingerprint(self, username: str) -> str:
        """Return the fingerprint as it was made before November 2026: with the name that the reviewer had then."""
        lines = [self.nonce, username, self.rating, self.said, self.reasoning]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Decision(Searchable):
    """The verdict on a claim in one round, in two aspects: was it said, and is it true. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="decisions", verbose_name=_("claim"))
    round = models.PositiveSmallIntegerField(_("round of review"))
    rating = models.CharField(_("rating"), max_length=20, choices=Rating)
    said = models.CharField(_("was it said"), max_length=10, choices=Said, default=Said.UNKNOWN)
    summary = models.TextField(_("summary"))
    as_of = models.DateTimeField(_("as of"))
    what_would_change_it = models.TextField(_("what would change the verdict"), blank=True)
    cited: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Evidence, through="Citation", related_name="+", verbose_name=_("cited evidence")
    )
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    waived = ArrayField(models.CharField(max_length=30), verbose_name=_("rules waived"), default=list, blank=True)
    waiver = models.TextField(_("why one person decided alone"), blank=True)
    own_holdings = models.TextField(_("why no source outside the desk answered"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    word_index = WordsField("summary", "claim__text", "claim__short_text")

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-decided_at", "-pk"]
        indexes = [GinIndex("word_index", name="decision_words")]
        constraints = [
            models.UniqueConstraint("claim", "round", name="one_decision_per_round"),
            models.CheckConstraint(condition=Q(rating__in=Rating.values), name="decision_rating_known"),
            models.CheckConstraint(condition=~Q(summary=""), name="decision_has_a_summary"),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="decision_said_known"),
            models.CheckConstraint(
                condition=Q(waived=[], waiver="") | ~Q(waived=[]) & ~Q(waiver=""),
                name="decision_waives_with_a_reason",
            ),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return labelled(self.claim, self.get_rating_display())


class Citation(models.Model):
    """A piece of evidence that a verdict cites. Append-only."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="citations", verbose_name=_("verdict"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="citations", verbose_name=_("evidence"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("decision", "evidence", name="evidence_cited_once")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return str(self.evidence)


class CommentRequest(Searchable):
    """A request for comment to somebody the claim concerns; the answer is added once."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comment_requests", verbose_name=_("claim"))
    to_whom = models.CharField(_("sent to"), max_length=200)
    channel = models.CharField(_("channel"), max_length=80)
    question = models.TextField(_("question"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    word_index = WordsField("to_whom", "question", "answer")

    class Meta:
        verbose_name = _("request for comment")
        verbose_name_plural = _("requests for comment")
        ordering = ["sent_at", "pk"]
        indexes = [GinIndex("word_index", name="commentrequest_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="comment_answered_with_its_date",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("claim_id", "to_whom", "channel", "question", "sent_by_id", "sent_at"),
            frozen("answer", "answered_at", once="OLD.answered_at IS NOT NULL", name="answer_is_kept"),
        ]

    def __str__(self) -> str:
        return self.to_whom
