"""Evidence for a claim, with its stance; questions about a claim and their answers."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.models.assertion import Assertion, AssertionQuerySet, settled_stays
from claims.models.claim import ARTICLE_OF_EVIDENCE, DOCUMENT, Claim
from claims.models.vocabulary import AssertionStatus, Nearness, Stance
from sources.models import Document, Passage
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.row_address import row_address
from workbench.desk.word_search import Searchable, WordsField

AROUND = 64  # characters, as passages keep them
# A person takes back what they said in the transaction that kept it (claims.models.postponement.TakenBack).
TAKEN_BACK = """
    IF NEW.standing = 'suggested' AND EXISTS (
        SELECT 1 FROM claims_takenback taken WHERE taken.evidence_id = OLD.id AND taken.standing = OLD.standing
            AND taken.settled_at = OLD.settled_at AND taken.taken_back_at = now()
    ) THEN
        RETURN NEW;
    END IF;
"""


class EvidenceQuerySet(AssertionQuerySet):
    def suggested(self) -> Self:
        """Suggestions that no person has settled, of pages that count as coverage, each passage of an article once."""
        return super().suggested().filter(passage__reading__is_left_out=False).once()

    def once(self) -> Self:
        """Evidence without passages that another document of the same article repeats: the first of each counts.

        Where people weighed one of them, the suggestions of the others count no more.
        """
        same = self.model._default_manager.order_by().filter(
            claim=OuterRef("claim"), passage__folded=OuterRef("passage__folded")
        )
        same = same.annotate(article=ARTICLE_OF_EVIDENCE).filter(article=OuterRef("article"))
        others = same.exclude(**{DOCUMENT: OuterRef(DOCUMENT)})
        first = Exists(others.filter(standing=OuterRef("standing"), pk__lt=OuterRef("pk")))
        weighed = Exists(others.exclude(standing=AssertionStatus.SUGGESTED))
        suggestion = Q(standing=AssertionStatus.SUGGESTED)
        # Asked first, because it costs little: hardly any document has duplicates.
        duplicates = Document.objects.filter(same_as=OuterRef(DOCUMENT), same_as__isnull=False)  # few: by the index
        alone = Q(**{f"{DOCUMENT}__same_as": None}) & ~Exists(duplicates)
        return self.annotate(article=ARTICLE_OF_EVIDENCE).filter(alone | (~first & (~suggestion | ~weighed)))

    def for_list(self) -> Self:
        """Evidence with everything a list shows of each piece, in one query, the best first."""
        return self.select_related(
            "passage__reading__capture__document__source", "passage__marked", "asserted_by", "settled_by"
        ).order_by(models.F("score").desc(nulls_first=True), "pk")


class Evidence(Searchable, Assertion):
    """A passage that bears on a claim, and its stance: what it does to the claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence", verbose_name=_("claim"))
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="evidence", verbose_name=_("passage"))
    # A machine suggests that a passage bears on a claim; only a person says what it does to the claim.
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, blank=True)
    nearness = models.CharField(_("primary or secondary"), max_length=10, choices=Nearness, default=Nearness.UNKNOWN)
    note = models.TextField(_("note"), blank=True)
    # The words of the passage that count, as a person chose them: places in the extracted text. Empty: all of it.
    words_start = models.PositiveIntegerField(_("first character of the words that count"), null=True, blank=True)
    words_end = models.PositiveIntegerField(_("end of the words that count"), null=True, blank=True)
    why = models.CharField(_("reason for the suggestion"), max_length=300, blank=True, editable=False)
    word_index = WordsField("note")

    objects = EvidenceQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Assertion.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = pgettext_lazy("many", "evidence")
        ordering = ["-pk"]
        indexes = [GinIndex("word_index", name="evidence_words")]
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint("claim", "passage", name="evidence_once_per_passage"),
            models.CheckConstraint(
                condition=~Q(standing="confirmed") | ~Q(stance=""), name="confirmed_evidence_has_a_stance"
            ),
            models.CheckConstraint(condition=Q(stance__in=["", *Stance.values]), name="stance_known"),
            models.CheckConstraint(condition=Q(nearness__in=Nearness.values), name="nearness_known"),
            models.CheckConstraint(
                condition=Q(words_start=None, words_end=None) | Q(words_end__gt=models.F("words_start")),
                name="chosen_words_have_both_ends",
            ),
        ]
        triggers = [
            settled_stays(unless=TAKEN_BACK),
            *[trigger for trigger in Assertion.Meta.triggers if trigger.name != "settled_stays_settled"],
            frozen("claim_id", "passage_id", "why"),
            # Only a person changes what a person said about a passage: then the time of the decision changes too.
            frozen(
                *["stance", "nearness", "note", "words_start", "words_end"],
                once="OLD.standing <> 'suggested' AND NEW.settled_at IS NOT DISTINCT FROM OLD.settled_at",
                name="said_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return str(self.passage)

    def get_absolute_url(self) -> str:
        """Return where this is on its claim's page, opened at the passage."""
        return f"{row_address('claims:claim', self.claim_id)}?passage={self.pk}#evidence-{self.pk}"

    @property
    def span(self) -> tuple[int, int]:
        """Return where the words that count begin and end in the extracted text."""
        if self.words_start is None or self.words_end is None:
            return self.passage.start, self.passage.end
        return self.words_start, self.words_end

    @property
    def words(self) -> str:
        """The words that count: those that a person chose, or the whole passage."""
        start, end = self.span
        return self.passage.exact[start - self.passage.start : end - self.passage.start]

    @property
    def around(self) -> tuple[str, str]:
        """What stands right before and after the words that count, as a passage keeps it (W3C TextQuoteSelector)."""
        (start, end), passage = self.span, self.passage
        before = passage.prefix + passage.exact[: start - passage.start]
        after = passage.exact[end - passage.start :] + passage.suffix
        return before[-AROUND:], after[:AROUND]


class Question(Searchable):
    """What one needs to know to decide a claim (AVeriTeC). Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="questions", verbose_name=_("claim"))
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    word_index = WordsField("text")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]
        indexes = [GinIndex("word_index", name="question_words")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.text[:80]


class Answer(Searchable):
    """An answer to a question, with the evidence it rests on. Append-only."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.TextField(_("answer"))
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name=_("evidence"))
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), auto_now_add=True)
    word_index = WordsField("text")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["answered_at", "pk"]
        indexes = [GinIndex("word_index", name="answer_words")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.text[:80]
