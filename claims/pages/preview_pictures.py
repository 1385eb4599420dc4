"""The pictures of pages in the preview of a proposed report: those of the captures, for people who are signed in."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from claims.models import Report
from sources.models import Passage


def of(report: Report) -> dict[int, str]:
    """Return the addresses of the pictures of pages that a report cites, by the number of the evidence."""
    rows = report.decision.claim.evidence.select_related("passage__reading__capture")
    passages = {_place(row.passage): row.passage for row in rows}
    items = (item for item in json.loads(report.content)["evidence"] if item.get("page"))
    return {item["number"]: _address(passages[_place_of(item)], item["page"]) for item in items}


def _place(passage: Passage) -> tuple[Any, ...]:
    reading = passage.reading
    return reading.capture.sha256, reading.reader, passage.start, passage.end


def _place_of(item: dict[str, Any]) -> tuple[Any, ...]:
    return item["sha256"], item["reader"], item["start"], item["end"]


def _address(passage: Passage, page: int) -> str:
    picture = reverse("sources:page_picture", args=[passage.reading.capture_id, page])
    return f"{picture}?passage={passage.pk}"
