"""What a report says about sources outside the desk: how far searches reached, and earlier fact-checks of others."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from claims.models import Claim, Decision, EarlierCheck, search_reach
from claims.models.search_reach import SearchReach
from claims.publishing import printed_values
from workbench.desk.byline import PrintedNames
from workbench.desk.refusal import Refusal

Facts = dict[str, Any]


def of(claim: Claim, decision: Decision, names: PrintedNames) -> Facts:
    """Return what the report of a verdict says of searches outside the desk, and of linked fact-checks."""
    return {
        "reach": reach(search_reach.of(claim)),
        "own_holdings_reason": printed_values.written(decision.own_holdings),
        "earlier_checks": [_check(row, names) for row in claim.earlier_checks.confirmed().for_list()],
    }


def reach(found: SearchReach) -> Facts:
    """Return as plain values how far searches reached."""
    return {
        "outlets": found.outlets,
        "since": found.since.date().isoformat() if found.since else None,
        "providers": [
            {
                "engine": each.engine,
                "answered": list(each.answered),
                "unanswered": list(each.unanswered),
                "reason": each.reason,
            }
            for each in found.providers
        ],
        "checks_held": found.checks_held,
        "not_covered": list(found.not_covered),
        "unrelated": found.unrelated,
    }


def _check(row: EarlierCheck, names: PrintedNames) -> Facts:
    check = row.fact_check
    if check.fingerprint != row.fingerprint:
        message = _(
            "The fact-check of %(publisher)s differs from what it said when it was found. Tell an administrator."
        )
        raise Refusal(message % {"publisher": check.publisher or check.url}, "fact_check_changed")
    return {
        "claim": printed_values.written(check.claim, check.language),
        "url": check.url,
        "publisher": check.publisher,
        "site": check.site,
        "title": printed_values.written(check.title, check.language),
        "rating": printed_values.written(check.rating, check.language),
        "scale": check.scale,
        "reviewed_at": printed_values.moment(check.reviewed_at),
        "reviewed_precision": "day",
        "language": check.language,
        "why": row.why,
        "linked_by": names.of(row.settled_by),
        "sha256": row.fingerprint,
    }
