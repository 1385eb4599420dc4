"""What waits for a person, as cards: one for each claim of each queue, with why it waits and where to do it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.pages.board import BoardRow
from claims.pages.queues import ClaimQueue, ShownQueue

# Where a card of a queue leads; those of all others lead to the claim.
COLUMNS = ("due", "evidence", "left")  # what a card says of its claim
PLACES = {ClaimQueue.REVIEW: "claims:submit_review", ClaimQueue.DECIDE: "claims:decide"}


@dataclass(frozen=True)
class WaitingCard:
    """A claim that waits, and why: ``warning`` is what asks for care."""

    row: BoardRow
    url: str
    why: list[str]
    warning: str = ""


@dataclass(frozen=True)
class Cards:
    """The cards of one queue."""

    waiting: ShownQueue
    label: str
    cards: list[WaitingCard]


def cards(
    waiting: Mapping[ClaimQueue, ShownQueue], differing: Collection[int], rows: Mapping[int, BoardRow]
) -> list[Cards]:
    """Return the cards of the queues that have any, in their order; ``rows`` have what ``COLUMNS`` show."""
    return [
        Cards(found, str(queue.label), [_card(queue, rows[claim.pk], differing) for claim in found.claims])
        for queue, found in waiting.items()
        if found.claims
    ]


def _card(queue: ClaimQueue, row: BoardRow, differing: Collection[int]) -> WaitingCard:
    place = PLACES.get(queue)
    url = reverse(place, args=[row.pk]) if place else row.claim.get_absolute_url()
    differ = queue == ClaimQueue.DECIDE and row.pk in differing
    return WaitingCard(row, url, list(_why(queue, row)), _("The reviews differ") if differ else "")


def _why(queue: ClaimQueue, row: BoardRow) -> Iterator[str]:
    reviewed, suggestions, confirmed = getattr(row.claim, "reviewed", 0), row.suggestions, row.confirmed
    if queue in {ClaimQueue.REVIEW, ClaimQueue.DECIDE}:
        yield ngettext("%(number)s review", "%(number)s reviews", reviewed) % {"number": reviewed}
    if queue == ClaimQueue.PUBLISH:
        yield _("decided, not published")
    if suggestions and queue not in {ClaimQueue.PUBLISH}:
        yield ngettext("%(number)s to weigh", "%(number)s to weigh", suggestions) % {"number": suggestions}
    if confirmed:
        yield ngettext("%(number)s confirmed", "%(number)s confirmed", confirmed) % {"number": confirmed}
