"""Find a source by any of its names, in any script, or by its domain."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sources.models import Source
from workbench.desk.language_names import language_name
from workbench.pages.find import Finder, Offer


def _offer(source: Source) -> Offer:
    detail = [str(source.get_kind_display()), *([language_name(source.language)] if source.language else [])]
    return Offer(source.pk, source.name, " · ".join(detail), source.language)


SOURCES = Finder(
    exact=Source.objects.called,
    search=Source.objects.best_matches,
    by_key=lambda key: Source.objects.filter(pk=key),
    offer=_offer,
    address="sources:find_source",
    none=_("No source matches “%(words)s”. Check the spelling, or type only part of the name."),
    several=_("Several sources match. Choose one."),
    many=_("More than %(number)d sources match. Choose one, or type more of the name."),
)
