"""What a report says of the published verdict that it replaces: its reports, its rating, why it was reviewed again."""

from __future__ import annotations

import json
from typing import Any

from claims.models import Decision, Report, succession
from claims.models.vocabulary import Said
from claims.publishing import printed_values, report_content

Facts = dict[str, Any]


def of(decision: Decision, language: str) -> Facts | None:
    """Return the old reports and the reasons for reopening, as the new report prints them; None for a first verdict."""
    old = succession.predecessors(decision)
    if not old:
        return None
    reasons = succession.reopenings(old[0].decision, until=decision)
    return {
        "reports": [_report(row, language) for row in old],
        "reopened": [
            {"reopened_at": printed_values.moment(each.at), "reason": printed_values.written(each.reason)}
            for each in reasons
        ],
    }


def verdict_in(content: Facts, language: str) -> Facts:
    """Return the verdict of a report in words of a language: as published, or as a report in that language says it."""
    verdict = content["verdict"]
    same = content["report"]["language"] == language
    rating, said = verdict["rating"], verdict["said"]
    return {
        "rating": rating,
        "rating_label": verdict["rating_label"] if same else report_content.rating_label(rating, language),
        "said": said,
        "said_label": verdict["said_label"] if same else str(Said(said).label),
    }


def _report(row: Report, language: str) -> Facts:
    content = json.loads(row.content)
    imprint = content["report"]
    return {
        "number": row.number,
        "address": imprint["address"],
        "language": imprint["language"],
        "frozen_at": imprint["frozen_at"],
        "retracted": not Report.objects.standing().filter(pk=row.pk).exists(),
        **verdict_in(content, language),
    }
