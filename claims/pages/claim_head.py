"""The head of every page on one claim: the claim in its own words, how far the work has come, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from claims.models import Claim, Decision, Figure
from claims.pages import badges
from workbench.desk.compiled_queries import CompiledQuery
from workbench.pages.badges import Badge

MOST_IN_HEADING = 240  # characters: four or five lines beside what comes next


@dataclass(frozen=True)
class TextPiece:
    """A run of characters of the claim, and the figure it states, if any."""

    text: str
    figure: Figure | None = None

    @property
    def tone(self) -> str:
        """The class that underlines a figure, more faintly while it waits for a person."""
        if self.figure is None:
            return "words"
        return "figure waits" if self.figure.is_suggested else "figure"


@dataclass(frozen=True)
class ClaimHead:
    """What stands at the head of a page on a claim. ``round`` is 0 in the first one, which needs no number."""

    claim: Claim
    pieces: list[TextPiece]
    status: Badge
    verdict: Badge | None
    round: int

    @property
    def is_long(self) -> bool:
        """Whether the heading shows the beginning of the claim alone; the page on the claim has all of it below."""
        return len(self.claim.text) > MOST_IN_HEADING


def of(claim: Claim) -> ClaimHead:
    """Return the head of a claim, with the verdict of its present round."""
    return built(claim, verdict_of(claim), _figures(claim.pk))


def built(claim: Claim, verdict: Decision | None, figures: Iterable[Figure]) -> ClaimHead:
    """Return the head of a claim of which the verdict and the figures are known, in the order of its words."""
    return ClaimHead(
        claim=claim,
        pieces=_cut(claim, figures),
        status=badges.of_status(claim),
        verdict=badges.of_rating(verdict) if verdict else None,
        round=claim.round if claim.round > 1 else 0,
    )


def verdict_of(claim: Claim) -> Decision | None:
    """Return the verdict of the present round, if there is one."""
    verdict: Decision | None = _verdict.first(claim.pk)
    return verdict


def pieces(claim: Claim) -> list[TextPiece]:
    """Return the claim's text cut at the figures it states; of two that overlap, the first is shown."""
    return _cut(claim, _figures(claim.pk))


def _cut(claim: Claim, figures: Iterable[Figure]) -> list[TextPiece]:
    found, at = [], 0
    for figure in figures:
        if at <= figure.start < figure.end <= len(claim.text):
            found += [
                TextPiece(claim.text[at : figure.start]),
                TextPiece(claim.text[figure.start : figure.end], figure),
            ]
            at = figure.end
    return [*found, TextPiece(claim.text[at:])]


@CompiledQuery
def _verdict(claim: int) -> QuerySet[Decision]:
    return Decision.objects.filter(claim=claim, round=F("claim__round")).select_related("decided_by")


@CompiledQuery
def _figures(claim: int) -> QuerySet[Figure]:
    rows: QuerySet[Figure] = Claim(pk=claim).figures.standing_firm().filter(passage=None).order_by("start")
    return rows
