"""A claim, its other wordings, its links to other claims, its status, and the lock on it."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from claims.models.assertion import Assertion
from claims.models.vocabulary import CLOSED, MOVES, ClaimRelation, ClaimType, Status, WordingKind
from sources.models import Search, Source
from sources.models.vocabulary import DatePrecision
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import shortened
from workbench.desk.refusal import Refusal
from workbench.desk.row_address import row_address
from workbench.desk.word_search import FoundByWords, Searchable, SearchableRows, WordsField
from workbench.desk.work_queue import Work, WorkQuerySet

LONGEST_CLAIM = 2_000
LONGEST_SHORT_TEXT = 75  # schema.org/ClaimReview as search engines show it

# The words of an open claim change only in the transaction that kept the old ones (claims.models.claim_version).
OLD_WORDS_ARE_KEPT = """
    IF OLD.status <> 'open' OR NOT EXISTS (
        SELECT 1 FROM claims_claimversion version WHERE version.claim_id = OLD.id AND version.text = OLD.text
            AND version.language = OLD.language AND version.changed_at = now()
    ) THEN
        RAISE EXCEPTION 'the words of claim % change only as a correction that keeps the old ones', OLD.id;
    END IF;
    RETURN NEW;
"""


# The document under which the article of a piece of evidence counts: several may be one article.
DOCUMENT = "passage__reading__capture__document"
ARTICLE_OF_EVIDENCE = Coalesce(f"{DOCUMENT}__same_as", DOCUMENT)


class ClaimQuerySet(FoundByWords, SearchableRows, WorkQuerySet):
    def waiting_for(self, reviewer: User) -> Self:
        """Claims in review that this person may review and has not yet reviewed in this round."""
        mine = Q(reviews__reviewer=reviewer, reviews__round=models.F("round"))
        return (
            self.filter(status=Status.IN_REVIEW)
            .exclude(logged_by=reviewer)
            .exclude(pk__in=self.model.objects.filter(mine).values("pk"))
        )

    def for_list(self) -> Self:
        """Claims with what a list shows of each, in a constant number of queries."""
        reviews = apps.get_model("claims", "Review")._default_manager.filter(
            claim=OuterRef("pk"), round=OuterRef("round")
        )
        number = reviews.order_by().values("claim").annotate(number=models.Count("pk")).values("number")
        reviewed = Coalesce(models.Subquery(number), 0)  # with a join, other joins would multiply it
        return self.select_related("logged_by").annotate(reviewed=reviewed)

    def with_restriction(self) -> Self:
        """Claims with ``is_restricted``: whether only named people see them."""
        named = apps.get_model("claims", "ClaimAccess")._default_manager.filter(claim=OuterRef("pk"), ended_at=None)
        return self.annotate(is_restricted=Exists(named))

    def hold(self, pk: int, *, alone: bool = False) -> Claim:
        """Lock a claim until the transaction ends, and return it as it is now.

        Meanwhile nobody else holds it. With ``alone``, no row that refers to it is added either, not even a suggestion
        of a worker: reviews, verdicts and reports need that.
        """
        held: Claim = self.select_for_update(no_key=not alone).get(pk=pk)
        return held

    def hold_open(self, pk: int) -> Claim:
        """Lock a claim to which something can be added now, and return it. Raises ``Refusal`` (code ``closed``)."""
        held = self.hold(pk)
        if held.is_closed:
            raise closed()
        return held


def closed() -> Refusal:
    """Return the refusal to add anything to a closed claim."""
    return Refusal(_("This claim is closed. An editor can reopen it."), "closed")


class Claim(Searchable, Work):
    """One statement that can be checked, in the words it was made in. As work in the queue, it is followed."""

    task = "claims.tasks.follow_claims"

    text = models.TextField(_("claim"))
    short_text = models.CharField(_("short version"), max_length=LONGEST_SHORT_TEXT, blank=True)
    language = models.CharField(_("language"), max_length=8)
    type = models.CharField(_("type"), max_length=12, choices=ClaimType, default=ClaimType.EVENT)
    claimant = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("claimant"), related_name="claims"
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("why it matters"), blank=True)
    searches: models.ManyToManyField[Search, Any] = models.ManyToManyField(
        Search, related_name="+", blank=True, editable=False, verbose_name=_("searches")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    round = models.PositiveSmallIntegerField(_("round of review"), default=1, editable=False)
    handed_over_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("sent to reviewers by")
    )
    # Names the wordings and the model with which all that is held was compared; empty while it has not been.
    compared_with = models.CharField(_("compared with"), max_length=64, blank=True, editable=False)
    logged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("logged by"), editable=False)
    logged_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    form_key = models.UUIDField(null=True, editable=False, unique=True)  # one form, one claim, however often it is sent
    word_index = WordsField("text", "short_text", "place", "wordings__text")

    objects = ClaimQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-logged_at", "-pk"]
        indexes = [
            GinIndex("word_index", name="claim_words"),
            *Work.Meta.indexes,
            models.Index("logged_at", "id", name="claim_by_time"),
            models.Index("status", "logged_at", "id", name="claim_by_status"),
            models.Index("language", "logged_at", "id", name="claim_by_language"),
            models.Index("logged_by", "status", "logged_at", "id", name="claim_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="claim_status_known"),
            models.CheckConstraint(condition=Q(type__in=ClaimType.values), name="claim_type_known"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
            models.CheckConstraint(
                condition=Q(claimed_at=None, claimed_precision="")
                | (Q(claimed_at__isnull=False) & ~Q(claimed_precision="")),
                name="claim_date_has_precision",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("logged_by_id", "logged_at"),
            pgtrigger.Trigger(
                name="words_have_versions",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.text IS DISTINCT FROM NEW.text OR OLD.language IS DISTINCT FROM NEW.language"
                ),
                func=OLD_WORDS_ARE_KEPT,
            ),
            pgtrigger.FSM(
                name="allowed_moves",
                field="status",
                transitions=[(before.value, after.value) for before in MOVES for after in sorted(MOVES[before])],
            ),
        ]

    def __str__(self) -> str:
        return self.short_text or shortened(self.text, 80)

    def get_absolute_url(self) -> str:
        """Return where the claim's page is."""
        return row_address("claims:claim", self.pk)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be added to this claim until it is reopened."""
        return self.status in CLOSED

    def may_become(self, status: Status) -> bool:
        """Say whether the table of moves allows this claim to get that status."""
        return status in MOVES[Status(self.status)]


class Wording(Searchable, Assertion):
    """Another wording of a claim: the original, a variant or a translation."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="wordings", verbose_name=_("claim"))
    kind = models.CharField(_("kind"), max_length=12, choices=WordingKind)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=8)
    word_index = WordsField("text")

    class Meta(Assertion.Meta):
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["pk"]
        indexes = [GinIndex("word_index", name="wording_words")]
        constraints = [
            *Assertion.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=WordingKind.values), name="wording_kind_known"),
        ]
        triggers = [*Assertion.Meta.triggers, frozen("claim_id", "kind", "text", "language")]

    def __str__(self) -> str:
        return shortened(self.text, 80)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the wording; the claim is found by its words from now on."""
        super().save(*args, **kwargs)
        Claim.objects.filter(pk=self.claim_id).index_words()


class ClaimLink(Assertion):
    """How one claim relates to another, read from the first to the second."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="links", verbose_name=_("claim"))
    other = models.ForeignKey(Claim, models.PROTECT, related_name="linked_from", verbose_name=_("other claim"))
    relation = models.CharField(_("relation"), max_length=12, choices=ClaimRelation)

    class Meta(Assertion.Meta):
        verbose_name = _("link between claims")
        verbose_name_plural = _("links between claims")
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint("claim", "other", "relation", name="claims_linked_once"),
            models.CheckConstraint(condition=~Q(claim=models.F("other")), name="claim_not_linked_to_itself"),
            models.CheckConstraint(condition=Q(relation__in=ClaimRelation.values), name="claim_relation_known"),
        ]
        triggers = [*Assertion.Meta.triggers, frozen("claim_id", "other_id", "relation")]

    def __str__(self) -> str:
        return f"{self.claim} – {self.get_relation_display()} – {self.other}"
