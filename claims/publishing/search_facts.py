"""Put into a report the searches of a claim: who was asked for what, what was found, and that nothing was."""

from __future__ import annotations

from typing import Any

from claims.models import Claim, claim_searches, search_reach
from claims.models.claim_searches import FoundElsewhere
from claims.publishing.printed_values import moment
from sources.models import Search, SearchAnswer

Facts = dict[str, Any]


def of(claim: Claim) -> list[Facts]:
    """The searches with their answers; articles in which the claim itself appeared are no answer, so they are apart."""
    answers, rows = claim_searches.answers(claim), list(claim.searches.order_by("asked_at", "pk"))
    outside = {row.pk: search_reach.has_answered(row) for row in search_reach.asking_outside(claim, rows)}
    return [_search(row, answers.get(row.pk)) | {"outside": outside.get(row.pk)} for row in rows]


def _search(row: Search, answer: FoundElsewhere | None) -> Facts:
    """Return a search; beside it stands whether it was answered, where it asks somebody outside about the claim."""
    return {
        "engine": row.engine,
        "words": row.words,
        "language": row.language,
        "since": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
        "asked_at": moment(row.asked_at),
        "answered_at": moment(row.answered_at),
        "searched": row.searched_through,
        "searched_about": row.searched_about,
        "found": answer.elsewhere if answer else None,
        "found_own": answer.own if answer else None,
        "nothing_at_first": _first(answer.nothing) if answer and answer.nothing else None,
    }


def _first(answer: SearchAnswer) -> Facts:
    """Return the first answer of a search, which had found nothing yet besides the claim’s own appearances."""
    return {
        "answered_at": moment(answer.answered_at),
        "searched": answer.searched_through,
        "searched_about": answer.searched_about,
    }
