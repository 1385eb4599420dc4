"""Which extracted texts claims still need, beyond those that refer to them: what the searches of open claims found."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from claims.models.claim import Claim
from claims.models.vocabulary import CLOSED
from sources.models import SearchHit


def found_by_open_claims(document: Any) -> Exists:
    """Return whether a search of an open claim found a document, given the document's key."""
    searches = Claim.searches.through.objects.filter(search=OuterRef("search")).exclude(claim__status__in=CLOSED)
    return Exists(SearchHit.objects.filter(Exists(searches), document=document))


KEPT_TEXTS = [found_by_open_claims]
