"""Spot what the words of a claim hold: its figures, and who is said to say it."""

from __future__ import annotations

from claims.models import Claim, Figure
from claims.models.assertion import suggested
from claims.wording import figures


def spot(claim: Claim) -> list[Figure]:
    """Suggest the figures in a claim's text that are not noted yet; return the new ones."""
    noted = set(claim.figures.filter(passage=None).values_list("start", "end"))
    return Figure.objects.bulk_create(
        Figure(
            claim=claim,
            start=found.start,
            end=found.end,
            exact=claim.text[found.start : found.end][:200],
            low=found.low,
            high=found.high,
            qualifier=found.qualifier,
            unit=found.unit_words[:80],
            **suggested(figures.EXTRACTOR),
        )
        for found in figures.find(claim.text, claim.language)
        if (found.start, found.end) not in noted
    )
