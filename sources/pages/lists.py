"""What the lists of sources, feeds, documents, searches and sites are called, and what they say when they are empty."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workbench.pages.lists import ListTexts

SOURCES = ListTexts(
    title=_("Sources"),
    caption=_("Sources, by name"),
    empty=_("No sources yet."),
    no_match=_("No source matches. Change the filter."),
)
FEEDS = ListTexts(
    title=_("Feeds"),
    caption=_("Feeds and their state"),
    empty=_("No feeds yet."),
    no_match=_("No feed matches. Change the filter."),
)
DOCUMENTS = ListTexts(
    title=_("Documents"),
    caption=_("Documents, most recently found first"),
    empty=_("No documents yet. They come from feeds, and from the addresses where claims appeared."),
    no_match=_("No document matches. Change the filter."),
)
SEARCHES = ListTexts(
    title=_("Searches"),
    caption=_("Searches, newest first"),
    empty=_("No searches yet. We search for coverage as soon as a claim is logged."),
    no_match=_("No search matches. Change the filter."),
)
RETENTION = ListTexts(
    title=_("Retention"),
    caption=_("Rules of retention, newest first"),
    empty=_("No rule yet: every text is kept."),
)
SITES = ListTexts(
    title=_("Site rules"),
    caption=_("Sites and their rules"),
    empty=_("No rules yet: every site is visited as usual."),
)
