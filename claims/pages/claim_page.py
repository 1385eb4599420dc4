"""What the pages about one claim show, loaded in a constant number of queries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from claims.evidence import gathering
from claims.models import Answer, Attribution, Claim, ClaimLink, Evidence, Figure
from claims.models.vocabulary import FEWEST_REVIEWS, AssertionStatus, Move, Stance
from claims.review import rules
from claims.wording.context import surroundings
from workbench.desk.models import User

MOST_SHOWN = 15  # suggestions at once, the best first; the next ones appear as people weigh these


@dataclass(frozen=True)
class Shown:
    """A piece of evidence with the words around it, and the key of the suggestion to go to after it is weighed."""

    evidence: Evidence
    before: str
    after: str
    then: int = 0


@dataclass(frozen=True)
class TextPiece:
    """A part of the claim's text, and the figure it states, if any."""

    text: str
    figure: Figure | None = None


def suggestions(claim: Claim) -> list[Shown]:
    """Return the best suggestions to weigh, each with the key of the next one."""
    rows = list(claim.evidence.for_list().suggested()[:MOST_SHOWN])
    last = rows[-2].pk if len(rows) > 1 else 0  # after the last one, the one before it
    return [_shown(row, after.pk if after else last) for row, after in zip_longest(rows, rows[1:])]


def weighed(claim: Claim) -> dict[str, Any]:
    """Return the evidence that people weighed: confirmed, by stance, and rejected."""
    rows = [_shown(row) for row in claim.evidence.for_list().exclude(standing=AssertionStatus.SUGGESTED)]
    confirmed = [shown for shown in rows if shown.evidence.standing == AssertionStatus.CONFIRMED]
    by_stance = [(stance, [shown for shown in confirmed if shown.evidence.stance == stance]) for stance in Stance]
    return {
        "by_stance": [(stance, found) for stance, found in by_stance if found],
        "rejected": [shown for shown in rows if shown.evidence.standing == AssertionStatus.REJECTED],
    }


def coverage(claim: Claim) -> dict[str, Any]:
    """Return what workers found for the claim so far, and a digest that changes when any of it changes."""
    progress, shown = gathering.progress(claim), suggestions(claim)
    waiting = claim.evidence.suggested().count()
    said = [progress.unanswered, progress.documents, progress.waiting, progress.unread, progress.passages]
    figures = list(claim.figures.filter(passage=None))
    state = [*said, progress.working, waiting, claim.status, *(item.evidence.pk for item in shown)]
    state += [(search.pk, search.found, search.trouble) for search in progress.searches]
    state += [(figure.pk, figure.standing) for figure in figures]
    digest = hashlib.sha256(repr(state).encode()).hexdigest()[:12]
    return {
        "progress": progress,
        "suggestions": shown,
        "figures": figures,
        "waiting": waiting,
        "digest": digest,
        "closed": claim.is_closed,
    }


def pieces(claim: Claim) -> list[TextPiece]:
    """Return the claim's text, divided at the figures it states; of two that overlap, only the first is marked."""
    found, at = [], 0
    for figure in claim.figures.standing_firm().filter(passage=None).order_by("start"):
        if at <= figure.start < figure.end <= len(claim.text):
            found += [
                TextPiece(claim.text[at : figure.start]),
                TextPiece(claim.text[figure.start : figure.end], figure),
            ]
            at = figure.end
    return [*found, TextPiece(claim.text[at:])]


def reviews(claim: Claim, reader: User) -> dict[str, Any]:
    """Return the reviews this person may read, how many were submitted, and whether one of them is their own."""
    of_round = claim.reviews.filter(round=claim.round)
    mine = of_round.filter(reviewer=reader).exists()
    number = of_round.count()
    return {
        "reviews": list(claim.reviews.visible_to(reader).select_related("reviewer").order_by("-round", "submitted_at")),
        "reviews_in": number,
        "reviewed_by_me": mine,
        "fewest": FEWEST_REVIEWS,
        "enough_reviews": number >= FEWEST_REVIEWS,
    }


def appearances(claim: Claim) -> QuerySet[Any]:
    """Return the appearances of the claim, each with its attribution chain."""
    chain = Attribution.objects.standing_firm().select_related("source").order_by("position")
    return (
        claim.appearances.standing_firm()
        .select_related("document__source", "passage__reading__capture__document__source", "asserted_by")
        .prefetch_related(Prefetch("attributions", chain))
    )


def asked(claim: Claim) -> dict[str, Any]:
    """Return the questions and requests for comment about the claim, with their answers."""
    answers = Prefetch("answers", Answer.objects.select_related("answered_by"))
    return {
        "questions": claim.questions.select_related("asked_by").prefetch_related(answers),
        "comment_requests": claim.comment_requests.select_related("sent_by"),
    }


def links(claim: Claim) -> QuerySet[Any]:
    """Return the links between the claim and others, from either side."""
    either = Q(claim=claim) | Q(other=claim)
    return ClaimLink.objects.standing_firm().filter(either).select_related("claim", "other").order_by("pk")


def moves(claim: Claim, person: User) -> dict[str, bool]:
    """Return for each move whether the page offers it to this person now: each that the rules of review allow.

    A person who may send a claim back is not offered to take it back as well: both do the same.
    """
    allowed = rules.allowed(claim, person)
    offered = allowed - {Move.TAKE_BACK} if Move.SEND_BACK in allowed else allowed
    return {move.value: move in offered for move in Move}


def _shown(row: Evidence, then: int = 0) -> Shown:
    passage = row.passage
    before, after = surroundings(passage.reading.text, passage.start, passage.end)
    return Shown(row, before, after, then)
