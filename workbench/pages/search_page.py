"""The search over everything: one box on every page, and some rows of each kind that its words match."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workbench.desk import declarations
from workbench.desk.declarations import FoundRow, SearchSection
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.http import Request

MOST_SHOWN = 5  # rows of each kind
LONGEST_WORDS = 200


@dataclass(frozen=True)
class ShownSection:
    """Some rows of one kind, and where all of them are; the address is empty where these are all."""

    name: str
    label: str
    hits: list[FoundRow]
    url_of_all: str
    all: str


@dataclass(frozen=True)
class Everything:
    """What was searched for, the sections that found something, and the names of those that did not."""

    words: str
    found: list[ShownSection]
    none: str


@require_safe
def search_everything(request: Request) -> HttpResponse:
    """Show the rows of each kind that this person may read and that match the words."""
    require(request.user, DeskAct.READ)
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS]
    return render(request, "search_everything.html", {"everything": _search(words, request.user)})


def _search(words: str, person: User) -> Everything:
    if not words:
        return Everything("", [], "")
    sections = [section for section in declarations.search_sections() if person.may(section.act)]
    shown = [_shown(section, words) for section in sections]
    without = ", ".join(section.label for section in shown if not section.hits)
    found = [section for section in shown if section.hits]
    return Everything(words, found, _("Nothing in: %(kinds)s.") % {"kinds": without} if found and without else "")


def _shown(section: SearchSection, words: str) -> ShownSection:
    rows = list(section.search(words)[: MOST_SHOWN + 1])
    more = len(rows) > MOST_SHOWN and section.list_of_all
    return ShownSection(
        name=section.name,
        label=str(section.label),
        hits=[section.show(row) for row in rows[:MOST_SHOWN]],
        url_of_all=f"{reverse(section.list_of_all)}?{urlencode({'words': words})}" if more else "",
        all=_("All matches: %(kind)s") % {"kind": section.label},
    )
