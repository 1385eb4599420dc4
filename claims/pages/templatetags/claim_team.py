"""Show on the page of a claim how the desk works on it, with the form to change that."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from claims.models import Claim
from claims.pages import claim_team as team_of
from claims.pages.forms.plan import PlanForm

register = template.Library()


@register.inclusion_tag("claims/_team.html", takes_context=True)
def claim_team(context: Context, claim: Claim) -> dict[str, Any]:
    """Show owner, due date, reviewers, tags, cases and checklist of a claim; the form to people who may plan."""
    team = team_of.of(claim)
    may: Any = context.get("may") or {}
    form = PlanForm(None, claim, team) if may.get("plan") else None
    return {
        "claim": claim,
        "team": team,
        "row": team.row,
        "form": form,
        "may": may,
        "csrf_token": context.get("csrf_token"),
    }
