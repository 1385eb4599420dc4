"""Search Google Fact Check Tools: fact-checks that publishers marked up (ClaimReview). Needs a key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sources.formats import claim_reviews
from sources.formats.claim_reviews import ClaimReviewRecord
from sources.formats.loose_json import rows, text
from sources.gathering.providers import query_words
from sources.gathering.providers.provider import Access, Call, Provider, ProviderAnswer, Wanted, rows_of
from sources.models.vocabulary import Engine

PER_PAGE = 50


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request; the key travels in a header, so that no log has it."""
    asked = {"query": query_words.plain(wanted.words), "pageSize": str(PER_PAGE)}
    if wanted.language:
        asked["languageCode"] = wanted.language
    if wanted.since:
        asked["maxAgeDays"] = str(max((datetime.now(UTC).date() - wanted.since).days, 1))
    if wanted.page:
        asked["pageToken"] = wanted.page
    return Call(f"{access.address}?{urlencode(asked)}", {"X-Goog-Api-Key": access.key})


def read(body: bytes) -> ProviderAnswer:
    """Return the fact-checks, and the token of the next page; an empty object is an answer without any."""
    value, found = rows_of(body, "claims")
    checks = [check for row in found for check in _checks(row)]
    return ProviderAnswer(checks=tuple(checks), next_page=text(value.get("nextPageToken"), 400))


def _checks(row: dict[str, Any]) -> Iterator[ClaimReviewRecord]:
    claim = text(row.get("text"), claim_reviews.LONGEST)
    for review in rows(row, "claimReview") or []:
        publisher = review.get("publisher")
        named = publisher if isinstance(publisher, dict) else {}
        url = text(review.get("url"))
        if not claim or not url.startswith(("http://", "https://")):
            continue
        yield ClaimReviewRecord(
            url=url,
            claim=claim,
            language=claim_reviews.language(text(review.get("languageCode"), 20), claim),
            claimant=text(row.get("claimant"), 200),
            publisher=text(named.get("name"), 200),
            site=text(named.get("site"), 300),
            title=text(review.get("title"), 500),
            rating=text(review.get("textualRating"), 300),
            reviewed_at=claim_reviews.moment(review.get("reviewDate")),
            claimed_at=claim_reviews.moment(row.get("claimDate")),
        )


PROVIDER = Provider(
    engine=Engine.FACT_CHECKS,
    address="https://factchecktools.googleapis.com/v1alpha1/claims:search",
    terms=_("Needs a key of the Google Cloud console. The fact-checks belong to their publishers."),
    call=call,
    read=read,
    needs_key=True,
    most_pages=3,
    finds_checks=True,
)
