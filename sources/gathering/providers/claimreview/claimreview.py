"""Read the ClaimReview feed of Data Commons: all fact-checks that publishers marked up, in one file, without a key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

import ijson
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sources.formats import claim_reviews
from sources.formats.claim_reviews import ClaimReviewRecord
from sources.gathering.providers.provider import Access, Call, Provider, ProviderAnswer, ProviderFault, Wanted
from sources.models.vocabulary import Engine, ProviderOutcome

BUFFER = 256 * 1024
ELEMENTS = "dataFeedElement.item"


def call(_wanted: Wanted, access: Access) -> Call:
    """Return the request for the whole feed."""
    return Call(access.address)


def read(_body: bytes) -> ProviderAnswer:
    """Refuse: the feed is too long to be read at once; ``elements`` reads it."""
    raise ProviderFault(ProviderOutcome.BROKEN, _now("This feed is read from a file."))


def elements(file: BinaryIO, skipped: int = 0) -> Iterator[list[ClaimReviewRecord]]:
    """Yield the fact-checks of each element of the feed after the ``skipped`` ones; no others are kept in memory.

    Raises ``ProviderFault`` where the file is cut off or no feed; what came before it is good.
    """
    try:
        for element in islice(ijson.items(file, ELEMENTS, buf_size=BUFFER, use_float=True), skipped, None):
            yield list(claim_reviews.of_element(element))
    except (ijson.JSONError, UnicodeDecodeError) as problem:
        text = _now("The feed of fact-checks is damaged or cut off.")
        raise ProviderFault(ProviderOutcome.BROKEN, text) from problem


PROVIDER = Provider(
    engine=Engine.CLAIMREVIEW,
    address="https://storage.googleapis.com/datacommons-feeds/claimreview/latest/data.json",
    terms=_("Free and without a key; about 200 MB each night. The fact-checks belong to their publishers."),
    call=call,
    read=read,
    is_polled=True,
    searches=False,
    finds_checks=True,
)
