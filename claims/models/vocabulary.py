"""The words of the trade about claims, and the moves allowed between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where the work on a claim stands; what was found is its verdict, another thing and another field."""

    OPEN = "open", _("Open")
    IN_REVIEW = "in_review", _("In review")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The one table of moves; the database refuses every other (see claims.models.claim).
MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.IN_REVIEW, Status.WITHDRAWN}),
    Status.IN_REVIEW: frozenset({Status.OPEN, Status.DECIDED, Status.WITHDRAWN}),
    Status.DECIDED: frozenset({Status.IN_REVIEW}),
    Status.WITHDRAWN: frozenset({Status.OPEN}),
}


CLOSED = frozenset({Status.DECIDED, Status.WITHDRAWN})  # nothing is added to such a claim until it is opened again

FEWEST_REVIEWS = 2  # nobody decides on the word of one person


class Rating(models.TextChoices):
    """What was found about a claim (categories of AVeriTeC, refined as fact-checkers publish them)."""

    SUPPORTED = "supported", _("Supported")
    MOSTLY_SUPPORTED = "mostly_supported", _("Mostly supported")
    DISPUTED = "disputed", _("Disputed")
    MISLEADING = "misleading", _("Misleading")
    UNSUPPORTED = "unsupported", _("No evidence found")
    REFUTED = "refuted", _("Refuted")
    NOT_CHECKABLE = "not_checkable", _("Cannot be checked")


# schema.org/Rating of a ClaimReview: 1 is worst, 5 is best; None is published without a number.
RATING_VALUE: dict[Rating, int | None] = {
    Rating.SUPPORTED: 5,
    Rating.MOSTLY_SUPPORTED: 4,
    Rating.DISPUTED: 3,
    Rating.MISLEADING: 2,
    Rating.UNSUPPORTED: None,
    Rating.REFUTED: 1,
    Rating.NOT_CHECKABLE: None,
}


class Said(models.TextChoices):
    """The other aspect of a verdict: whether it was really said by those it is attributed to."""

    CONFIRMED = "confirmed", _("It was really said")
    ALTERED = "altered", _("It was said otherwise")
    NOT_FOUND = "not_found", _("No record that it was said")
    UNKNOWN = "unknown", _("Not established")


class ClaimType(models.TextChoices):
    EVENT = "event", _("Event")
    NUMERICAL = "numerical", _("Numerical")
    QUOTE = "quote", _("Quote")
    CAUSAL = "causal", _("Cause")
    POSITION = "position", _("Position")
    PREDICTION = "prediction", _("Prediction")


class Modality(models.TextChoices):
    """How a link of an attribution chain says it."""

    ASSERTS = "asserts", _("asserts")
    REPORTS = "reports", pgettext_lazy("what a source does", "reports")
    CLAIMS = "claims", pgettext_lazy("what a source does", "claims")
    ALLEGES = "alleges", _("alleges")
    DENIES = "denies", _("denies")
    CONFIRMS = "confirms", _("confirms")
    PREDICTS = "predicts", _("predicts")
    UNATTRIBUTED_PASSIVE = "unattributed_passive", _("passive, nobody named")


class Directness(models.TextChoices):
    OWN_WORDS = "own_words", _("in its own words")
    DIRECT = "direct", _("quoted")
    INDIRECT = "indirect", _("reported speech")


class Standing(models.TextChoices):
    """How far an assertion has come. A machine only suggests."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class Stance(models.TextChoices):
    """What a passage does to a claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    DISCUSSES = "discusses", _("Discusses")
    UNRELATED = "unrelated", _("Unrelated")


class Nearness(models.TextChoices):
    PRIMARY = "primary", _("Primary: saw, made or holds it")
    SECONDARY = "secondary", _("Secondary: tells what others say")
    UNKNOWN = "unknown", _("Not established")


class AppearanceRole(models.TextChoices):
    """What a publication does with a claim."""

    ORIGINATES = "originates", _("originates")
    REPEATS = "repeats", _("repeats")
    QUOTES = "quotes", _("quotes")
    DENIES = "denies", _("denies")
    CORRECTS = "corrects", _("corrects")


class ClaimRelation(models.TextChoices):
    SAME = "same", _("same claim")
    VARIANT = "variant", _("variant")
    TRANSLATION = "translation", _("translation")
    BROADER = "broader", _("broader")
    NARROWER = "narrower", _("narrower")
    CONTRADICTS = "contradicts", _("contradicts")


# What a relation is called from the other side. A translation is not turned round: it has an original.
REVERSED: dict[str, ClaimRelation] = {
    ClaimRelation.SAME: ClaimRelation.SAME,
    ClaimRelation.VARIANT: ClaimRelation.VARIANT,
    ClaimRelation.BROADER: ClaimRelation.NARROWER,
    ClaimRelation.NARROWER: ClaimRelation.BROADER,
    ClaimRelation.CONTRADICTS: ClaimRelation.CONTRADICTS,
}


class WordingKind(models.TextChoices):
    ORIGINAL = "original", _("original words")
    VARIANT = "variant", _("variant")
    TRANSLATION = "translation", _("translation")


class Qualifier(models.TextChoices):
    """How exact a figure claims to be."""

    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    ABOUT = "about", _("about")
    UP_TO = "up_to", _("up to")
    DOZENS = "dozens", _("dozens, hundreds, …")


class FigureDifference(models.TextChoices):
    """How two figures for one measure differ."""

    SAME = "same", _("same figure")
    UPDATE = "update", _("update over time")
    SCOPE = "scope", _("different scope")
    ROUNDING = "rounding", _("rounding")
    CONTRADICTION = "contradiction", _("contradiction")


class OriginKind(models.TextChoices):
    """How a document depends on another for what it says."""

    OWN_REPORTING = "own_reporting", _("own reporting")
    WIRE_COPY = "wire_copy", _("wire copy")
    CREDITS = "credits", _("credits")
    LINKS_TO = "links_to", _("links to")
    TRANSLATES = "translates", _("translates")
    TEXT_REUSE = "text_reuse", _("reuses the text of")


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    UPDATE = "update", _("Update")
    RETRACTION = "retraction", _("Retraction")
