"""Find a claim by its number, or by words of any of its wordings."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from sources.language.folding import fold
from workbench.pages.find import Finder, Offer
from workbench.pages.http import number


def _key(words: str) -> int | None:
    """Return the number that words are, in the digits of any script; None where they are none."""
    return number(fold(words).removeprefix("#"))


def _numbered(words: str) -> QuerySet[Any]:
    key = _key(words)
    return Claim.objects.none() if key is None else Claim.objects.filter(pk=key)


def _search(words: str) -> QuerySet[Any]:
    """Return the claims that words match, the newest first; before them, the claim of that number."""
    key = _key(words)
    found: QuerySet[Any] = Claim.objects.search(words)
    if key is None:
        return found.order_by("-logged_at", "-pk")
    first = Case(When(pk=key, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (found | Claim.objects.filter(pk=key)).order_by(first, "-logged_at", "-pk")


def _offer(claim: Claim) -> Offer:
    known_by = {"number": claim.pk, "status": claim.get_status_display()}
    return Offer(claim.pk, str(claim), gettext("No. %(number)s · %(status)s") % known_by, claim.language)


CLAIMS = Finder(
    exact=_numbered,
    search=_search,
    by_key=lambda key: Claim.objects.filter(pk=key),
    offer=_offer,
    address="claims:find_claim",
    none=_("No claim matches “%(words)s”. Check the number, or use other words."),
    several=_("Several claims match. Choose one."),
    many=_("More than %(number)d claims match. Choose one, or type more words."),
)
