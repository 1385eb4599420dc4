"""What a search found, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models import Search, SearchAnswer
from sources.models.search import nothing_at_first
from workbench.pages.badges import BAD, DOUBT, GOOD, Badge
from workbench.pages.templatetags.log_words import told


@dataclass(frozen=True)
class ShownAnswer:
    """The answer to a search: a badge, out of how many documents it is, what went wrong, and when nothing was found."""

    badge: Badge
    searched: str = ""
    problem: str = ""
    before: str = ""


def search_answer(search: Search) -> ShownAnswer:
    """Return what a search found, and that it had found nothing at first where this is so."""
    searched, first = "", search.first_answer
    if (amount := search.searched_amount) is not None:
        text = ngettext("out of %(number)s searched", "out of %(number)s searched", amount.number)
        searched = text % {"number": amount}
    before = nothing_before(first) if first and not first.found and search.found else ""
    return ShownAnswer(_badge(search), searched, told(search.trouble), before)


def nothing_before(first: SearchAnswer) -> str:
    """Return in words that a search had found nothing when it was first answered."""
    return nothing_at_first(date_format(localtime(first.answered_at), "DATETIME_FORMAT"), first.searched_amount)


def _badge(search: Search) -> Badge:
    if search.is_empty:
        return Badge(_("found nothing"), DOUBT)
    if search.answered_at:
        found = search.found or 0
        return Badge(ngettext("%(found)s document", "%(found)s documents", found) % {"found": found}, GOOD)
    return Badge(_("no answer: needs attention"), BAD) if search.is_stuck else Badge(_("no answer yet"))
