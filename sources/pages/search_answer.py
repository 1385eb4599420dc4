"""What a search found, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models import Search
from workbench.pages.badges import BAD, DOUBT, GOOD, Badge
from workbench.pages.templatetags.log_words import told


@dataclass(frozen=True)
class SearchAnswer:
    """The answer to a search: a badge, out of how many documents it is, and what went wrong."""

    badge: Badge
    searched: str = ""
    problem: str = ""


def search_answer(search: Search) -> SearchAnswer:
    """Return what a search found."""
    searched = ""
    if (amount := search.searched_amount) is not None:
        text = ngettext("out of %(number)s searched", "out of %(number)s searched", amount.number)
        searched = text % {"number": amount}
    return SearchAnswer(_badge(search), searched, told(search.trouble))


def _badge(search: Search) -> Badge:
    if search.is_empty:
        return Badge(_("found nothing"), DOUBT)
    if search.answered_at:
        found = search.found or 0
        return Badge(ngettext("%(found)s document", "%(found)s documents", found) % {"found": found}, GOOD)
    return Badge(_("no answer: needs attention"), BAD) if search.is_stuck else Badge(_("no answer yet"))
