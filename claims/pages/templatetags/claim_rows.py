"""What a list shows about a claim: its verdict, its evidence, and where its row leads."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import ngettext

from claims.models import Claim, Decision
from claims.pages import badges, claim_head
from workbench.pages.badges import Badge

register = template.Library()

# Where a row leads from the lists of claims that wait for an act; from all others, to the claim.
ACTS = {"review": "claims:submit_review", "decide": "claims:decide"}


@register.filter
def verdict(claim: Claim) -> Decision | None:
    """Return the verdict of this round; its decisions are best prefetched."""
    return next((decision for decision in claim.decisions.all() if decision.round == claim.round), None)


@register.filter
def standing_badges(claim: Claim) -> list[Badge]:
    """Return how far the work on a claim has come, and the verdict of its present round, for every page about it."""
    found = claim_head.verdict_of(claim)
    return [badges.of_status(claim), *([badges.of_rating(found)] if found else [])]


@register.filter
def evidence_counts(claim: Claim) -> str:
    """Return how much evidence is to be weighed and how much is confirmed, as ``Claim.objects.for_list`` counts it."""
    suggestions, confirmed = int(claim.suggestions), int(claim.confirmed)  # type: ignore[attr-defined]
    weigh = ngettext("%(number)s to weigh", "%(number)s to weigh", suggestions) % {"number": suggestions}
    kept = ngettext("%(number)s confirmed", "%(number)s confirmed", confirmed) % {"number": confirmed}
    return f"{weigh} · {kept}"


@register.filter
def address_for(claim: Claim, act: str) -> str:
    """Return the address where a person does an act with a claim, or that of the claim."""
    return reverse(ACTS[act], args=[claim.pk]) if act in ACTS else claim.get_absolute_url()
