"""What the pages on one claim show of it, loaded in a constant number of queries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from claims.evidence import gathering
from claims.models import Answer, Attribution, Claim, ClaimLink, Evidence, Figure
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, Stance, Standing, Status
from claims.wording.context import surroundings
from workbench.desk.models import User

MOST_SHOWN = 15  # suggestions at once, the best first; the next ones move up as these are weighed


@dataclass(frozen=True)
class Shown:
    """A piece of evidence in the words around it, and the suggestion to go to once it is weighed."""

    evidence: Evidence
    before: str
    after: str
    then: int = 0


@dataclass(frozen=True)
class Piece:
    """A run of characters of the claim, and the figure it states, if any."""

    text: str
    figure: Figure | None = None


def suggestions(claim: Claim) -> list[Shown]:
    """Return the best suggestions that wait for a person, each with the one that follows it."""
    rows = list(claim.evidence.for_list().suggested()[:MOST_SHOWN])
    last = rows[-2].pk if len(rows) > 1 else 0  # after the last one, the one before it
    return [_shown(row, after.pk if after else last) for row, after in zip_longest(rows, rows[1:])]


def weighed(claim: Claim) -> dict[str, Any]:
    """Return the settled evidence: confirmed by stance, and rejected."""
    rows = [_shown(row) for row in claim.evidence.for_list().exclude(standing=Standing.SUGGESTED)]
    confirmed = [shown for shown in rows if shown.evidence.standing == Standing.CONFIRMED]
    by_stance = [(stance, [shown for shown in confirmed if shown.evidence.stance == stance]) for stance in Stance]
    return {
        "by_stance": [(stance, found) for stance, found in by_stance if found],
        "rejected": [shown for shown in rows if shown.evidence.standing == Standing.REJECTED],
    }


def coverage(claim: Claim) -> dict[str, Any]:
    """Return what machines made of the claim so far, and a digest that changes when any of it does."""
    progress, shown = gathering.progress(claim), suggestions(claim)
    waiting = claim.evidence.suggested().count()
    said = [progress.unanswered, progress.documents, progress.waiting, progress.unread, progress.passages]
    figures = list(claim.figures.filter(passage=None))
    state = [*said, progress.working, waiting, claim.status, *(item.evidence.pk for item in shown)]
    state += [(search.pk, search.found, search.trouble) for search in progress.searches]
    state += [(figure.pk, figure.standing) for figure in figures]
    digest = hashlib.sha256(repr(state).encode()).hexdigest()[:12]
    closed = claim.status in {Status.DECIDED, Status.WITHDRAWN}
    return {
        "progress": progress,
        "suggestions": shown,
        "figures": figures,
        "waiting": waiting,
        "digest": digest,
        "closed": closed,
    }


def pieces(claim: Claim) -> list[Piece]:
    """Return the claim's text cut at the figures it states; of two that overlap, the first is shown."""
    found, at = [], 0
    for figure in claim.figures.standing_firm().filter(passage=None).order_by("start"):
        if at <= figure.start < figure.end <= len(claim.text):
            found += [Piece(claim.text[at : figure.start]), Piece(claim.text[figure.start : figure.end], figure)]
            at = figure.end
    return [*found, Piece(claim.text[at:])]


def reviews(claim: Claim, reader: User) -> dict[str, Any]:
    """Return the reviews this person may read, how many are in, and whether one of this round is their own."""
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
    """Return where the claim was seen, each with its attribution chain."""
    chain = Attribution.objects.standing_firm().select_related("source").order_by("position")
    return (
        claim.appearances.standing_firm()
        .select_related("document__source", "passage__reading__capture__document__source", "asserted_by")
        .prefetch_related(Prefetch("attributions", chain))
    )


def asked(claim: Claim) -> dict[str, Any]:
    """Return what was asked about the claim, and what was answered."""
    answers = Prefetch("answers", Answer.objects.select_related("answered_by"))
    return {
        "questions": claim.questions.select_related("asked_by").prefetch_related(answers),
        "comment_requests": claim.comment_requests.select_related("sent_by"),
    }


def links(claim: Claim) -> QuerySet[Any]:
    """Return how the claim relates to others, from either side."""
    either = Q(claim=claim) | Q(other=claim)
    return ClaimLink.objects.standing_firm().filter(either).select_related("claim", "other").order_by("pk")


def moves(claim: Claim, person: User) -> dict[str, bool]:
    """Say what this person may do with this claim now, as it stands; the activities have the last word."""
    status, stranger = claim.status, claim.logged_by_id != person.pk
    decides = person.may(ClaimAct.DECIDE)
    return {
        "weigh": person.may(ClaimAct.WEIGH) and status in {Status.OPEN, Status.IN_REVIEW},
        "open_review": person.may(ClaimAct.OPEN_REVIEW) and status == Status.OPEN,
        "review": person.may(ClaimAct.REVIEW) and status == Status.IN_REVIEW and stranger,
        "decide": decides and status == Status.IN_REVIEW and stranger,
        "take_back": _may_take_back(claim, person),
        "send_back": decides and status == Status.IN_REVIEW,
        "reopen": decides and status == Status.DECIDED,
        "withdraw": decides and claim.may_become(Status.WITHDRAWN),
        "restore": decides and status == Status.WITHDRAWN,
    }


def _may_take_back(claim: Claim, person: User) -> bool:
    """Say whether to offer it: not to who decides, and can send back a claim that is in review at any time."""
    handed_over = claim.status == Status.IN_REVIEW and claim.handed_over_by_id == person.pk
    if not handed_over or person.may(ClaimAct.DECIDE) or not person.may(ClaimAct.OPEN_REVIEW):
        return False
    return not claim.reviews.filter(round=claim.round).exists()


def _shown(row: Evidence, then: int = 0) -> Shown:
    passage = row.passage
    before, after = surroundings(passage.reading.text, passage.start, passage.end)
    return Shown(row, before, after, then)
