"""Find a source by any of its names, in any script, or by its domain."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from sources.language.folding import fold
from sources.models import Source
from workbench.pages.find import Finder, Offer
from workbench.pages.templatetags.words import language_name


def _search(words: str) -> QuerySet[Any]:
    """Return the sources that words match: first those of this name, then those whose name begins with the words."""
    folded = fold(words)
    if not folded:
        return Source.objects.none()
    nearness = Case(
        When(folded=folded, then=Value(0)),
        When(folded__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Source.objects.search(words).order_by(nearness, "folded", "pk")


def _offer(source: Source) -> Offer:
    detail = [str(source.get_kind_display()), *([language_name(source.language)] if source.language else [])]
    return Offer(source.pk, source.name, " · ".join(detail), source.language)


SOURCES = Finder(
    exact=Source.objects.called,
    search=_search,
    by_key=lambda key: Source.objects.filter(pk=key),
    offer=_offer,
    address="sources:find_source",
    none=_("No source matches “%(words)s”. Check the spelling, or type only part of the name."),
    several=_("Several sources match. Choose one."),
    many=_("More than %(number)d sources match. Choose one, or type more of the name."),
)
