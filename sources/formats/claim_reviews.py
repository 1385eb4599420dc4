"""Read fact-checks that others published: ClaimReview (schema.org) as feeds and pages carry it in JSON-LD."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from sources.formats import json_ld
from sources.language import detection

LONGEST = 2_000  # characters of a claim; of the other texts less
MOST_ON_PAGE = 20
SURE = 0.5


@dataclass(frozen=True)
class ClaimReviewRecord:
    """One fact-check of another publisher, as it says it. Numbers and dates are empty where they make no sense."""

    url: str
    claim: str
    language: str = ""
    claimant: str = ""
    publisher: str = ""
    site: str = ""
    title: str = ""
    rating: str = ""
    value: str = ""
    worst: str = ""
    best: str = ""
    reviewed_at: datetime | None = None
    claimed_at: datetime | None = None

    @property
    def key(self) -> str:
        """Return what tells this fact-check from others: its address and the claim that it checks."""
        return hashlib.sha256(f"{self.url}\n{self.claim}".encode()).hexdigest()


def read(node: Any) -> ClaimReviewRecord | None:
    """Return the fact-check in a node of JSON-LD; None where it names no claim or no address."""
    if not isinstance(node, dict) or "ClaimReview" not in _types(node):
        return None
    url, claim = _text(node.get("url"), 2048), _text(node.get("claimReviewed"), LONGEST)
    if not claim or not url.startswith(("http://", "https://")):
        return None
    publisher, about = _first(node.get("author") or node.get("publisher")), _first(node.get("itemReviewed"))
    rating = _first(node.get("reviewRating"))
    return ClaimReviewRecord(
        url=url,
        claim=claim,
        language=language(_text(node.get("inLanguage"), 20), claim),
        claimant=_text(_first(about.get("author")).get("name"), 200),
        publisher=_text(publisher.get("name"), 200),
        site=_text(publisher.get("url"), 300),
        title=_text(node.get("name") or node.get("headline"), 500),
        rating=_text(rating.get("alternateName") or rating.get("name"), 300),
        value=_text(rating.get("ratingValue"), 20),
        worst=_text(rating.get("worstRating"), 20),
        best=_text(rating.get("bestRating"), 20),
        reviewed_at=moment(node.get("datePublished")),
        claimed_at=moment(about.get("datePublished")),
    )


def of_element(element: Any) -> Iterator[ClaimReviewRecord]:
    """Yield the fact-checks of one element of a schema.org DataFeed."""
    items = element.get("item") if isinstance(element, dict) else None
    for item in items if isinstance(items, list) else [items]:
        found = read(item)
        if found is not None:
            yield found


def on_page(page: HtmlElement, url: str) -> tuple[ClaimReviewRecord, ...]:
    """Return the fact-checks that a page publishes in its JSON-LD: those of its own site, at most twenty.

    What a page says of the fact-checks of another site counts only where that site says it.
    """
    own = _host(url)
    found = [read({"url": url, **node.data}) for node in json_ld.nodes(page)]
    kept = {record.key: record for record in found if record is not None and _host(record.url) == own}
    return tuple(kept.values())[:MOST_ON_PAGE]


def of_json(record: dict[str, Any]) -> ClaimReviewRecord:
    """Return a fact-check as the process that reads pages sent it."""
    dates = {name: moment(record[name]) for name in ("reviewed_at", "claimed_at")}
    return ClaimReviewRecord(**{**record, **dates})


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def language(said: str, text: str) -> str:
    """Return the language of a text as two letters: as it is said to be, else as detected where that is fairly sure."""
    code = said.replace("_", "-").partition("-")[0].lower()
    if len(code) in {2, 3} and code.isalpha():
        return code
    found, score = detection.detect(text)
    return found if score >= SURE else ""


def moment(value: Any) -> datetime | None:
    """Return a date or time of ISO 8601 in UTC; None where it is none, or before 1990."""
    text = _text(value, 40)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        return None
    return at if at.year >= 1990 else None


def _types(node: dict[str, Any]) -> list[Any]:
    kind = node.get("@type")
    return kind if isinstance(kind, list) else [kind]


def _first(value: Any) -> dict[str, Any]:
    """Return the first object of a value that may be one, several, or a mere name."""
    if isinstance(value, list):
        value = next((each for each in value if each), None)
    if isinstance(value, str):
        return {"name": value}
    return value if isinstance(value, dict) else {}


def _text(value: Any, most: int) -> str:
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str)), "")
    if isinstance(value, bool) or (not isinstance(value, (str, int, float)) and not hasattr(value, "normalize")):
        return ""
    return " ".join(str(value).replace("\0", " ").split())[:most]
