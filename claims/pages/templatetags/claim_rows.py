"""What the head of a page says of a claim: how far the work has come, and its verdict."""

from __future__ import annotations

from django import template

from claims.models import Claim, Decision
from claims.pages import badges, claim_head
from workbench.pages.badges import Badge

register = template.Library()


def verdict(claim: Claim) -> Decision | None:
    """Return the verdict of this round; its decisions are best prefetched."""
    return next((decision for decision in claim.decisions.all() if decision.round == claim.round), None)


@register.filter
def standing_badges(claim: Claim) -> list[Badge]:
    """Return how far the work on a claim has come, and the verdict of its present round, for every page about it."""
    found = claim_head.verdict_of(claim)
    return [badges.of_status(claim), *([badges.of_rating(found)] if found else [])]
