"""The rows of the board and their stamps as HTML: a page has hundreds of cells, and a template for each is slow."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.pages import badges
from claims.pages.board import COLUMNS, AskedReviewer, BoardRow
from claims.pages.board_page import Board
from workbench.desk.language_names import language_label
from workbench.desk.row_address import page_address
from workbench.pages.badges import BAD, DOUBT, Badge
from workbench.pages.templatetags import words
from workbench.pages.templatetags.kept_rows import refuse_html
from workbench.pages.time_ago import ago

MOST_KEPT = 2_000  # rows
NOTHING = mark_safe("")
EMPTY = mark_safe("<td></td>")


def row_of(row: BoardRow, board: Board) -> SafeString:
    """Return a claim of the board: the box to choose it, its words, and a cell for each column.

    A row that shows the same values is written once for each language and time zone.
    """
    claim = row.claim
    cells = tuple((name, CELLS[name].seen(row)) for name in board.names)
    shown = ShownRow(claim.pk, claim.get_absolute_url(), str(claim), claim.language, cells)
    return _written(shown, board.bulk is not None, get_language(), timezone.get_current_timezone_name())


@dataclass(frozen=True)
class ShownRow:
    """What the HTML of a row depends on, besides the language and the time zone of the page."""

    pk: int
    url: str
    text: str
    language: str
    cells: tuple[tuple[str, Any], ...]  # names of columns, each with what its cell shows


@lru_cache(maxsize=MOST_KEPT)
def _written(row: ShownRow, has_box: bool, _language: str | None, _zone: str) -> SafeString:
    refuse_html(row)
    box = format_html(
        '<td class="pick">'
        '<input type="checkbox" name="claim" value="{0}" form="bulk" aria-labelledby="claim-{0}"></td>',
        row.pk,
    )
    named = format_html(
        '<th scope="row" class="claim"><a id="claim-{}" href="{}">{}</a></th>',
        row.pk,
        row.url,
        words.said(row.text, row.language),
    )
    cells = format_html_join("", "{}", ((_cell(name, seen),) for name, seen in row.cells))
    return format_html("<tr>{}{}{}</tr>", box if has_box else NOTHING, named, cells)


def status_stamp(claim: Claim) -> SafeString:
    """Return how far the work on a claim has come, and how many reviews it has where a list knows it."""
    return _status((badges.of_status(claim), badges.reviews_submitted(claim)))


def due_stamp(row: BoardRow) -> SafeString:
    """Return when a claim is due, and whether it is late or urgent."""
    return _due(_due_seen(row))


def asked_reviewers(asked: Iterable[AskedReviewer]) -> SafeString:
    """Return who was asked to review, and who has handed in; never what they found."""
    return _asked(_asked_seen(asked))


def _due_seen(row: BoardRow) -> tuple[date | None, str, str, bool]:
    word, look = (_("late"), BAD) if row.is_late else (_("today"), DOUBT) if row.is_due_today else ("", "")
    return row.due_on, word, look, row.is_urgent


def _due(seen: tuple[date | None, str, str, bool]) -> SafeString:
    day, word, look, is_urgent = seen
    urgent = _stamp(Badge(_("Urgent"), BAD)) if is_urgent else NOTHING
    return format_html("{} {}", _due_day(day, word, look), urgent) if day else urgent


def _due_day(day: date, word: str, look: str) -> SafeString:
    shown = format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day, "MONTH_DAY_FORMAT"))
    return format_html('<span class="{}">{}{}</span>', look, f"{word} · " if word else "", shown)


def _asked_seen(asked: Iterable[AskedReviewer]) -> tuple[tuple[str, bool], ...]:
    return tuple((str(each.person), each.is_done) for each in asked)


def _asked(seen: tuple[tuple[str, bool], ...]) -> SafeString:
    done = _("has handed in a review")
    tick = format_html('<span title="{0}">✓<span class="unseen">{0}</span></span>', done)
    people = ((name, tick if is_done else NOTHING) for name, is_done in seen)
    return format_html_join(" ", '<span class="asked"><bdi>{}</bdi> {}</span>', people)


def _stamp(badge: Badge) -> SafeString:
    return format_html('<span class="{}">{}</span>', badge.look, badge.label)


def _cell(name: str, seen: Any) -> SafeString:
    """Return the cell of a column; an empty one where nobody has said anything yet."""
    shown = CELLS[name].shown(seen)
    if not shown:
        return EMPTY
    label = "" if name == "status" else COLUMNS[name]
    look = format_html(' class="{}"', LOOKS[name]) if name in LOOKS else NOTHING
    return format_html('<td{} data-label="{}">{}</td>', look, label, shown)


def _status(seen: tuple[Badge, str]) -> SafeString:
    badge, reviews = seen
    return format_html('{} <span class="soft">{}</span>', _stamp(badge), reviews) if reviews else _stamp(badge)


def _verdict_seen(row: BoardRow) -> Badge | None:
    return badges.of_rating(row.verdict) if row.verdict else None


def _verdict(seen: Badge | None) -> str:
    return _stamp(seen) if seen else ""


def _evidence(seen: tuple[int, int, int] | None) -> str:
    """Return how many documents support, refute and discuss the claim."""
    if seen is None:
        return ""
    labels = (pgettext("evidence", "for"), pgettext("evidence", "against"), pgettext("evidence", "about"))
    parts = zip(("for", "against", "about"), labels, seen, strict=True)
    return format_html_join(" ", '<span class="{}"><span class="unseen">{}</span> {}</span>', parts)


def _owner(name: str) -> str:
    return format_html("<bdi>{}</bdi>", name) if name else ""


def _tags(names: tuple[str, ...]) -> str:
    links = ((page_address("claims:claims"), quote(name), name) for name in names)
    return format_html_join(" ", '<a class="tag" href="{}?tag={}"><bdi>{}</bdi></a>', links)


def _logged_seen(row: BoardRow) -> tuple[datetime, str, str]:
    return row.claim.logged_at, ago(row.claim.logged_at), str(row.claim.logged_by)


def _logged(seen: tuple[datetime, str, str]) -> str:
    at = timezone.localtime(seen[0])
    return format_html(
        '<time datetime="{}" title="{}">{}</time> · <bdi>{}</bdi>',
        at.isoformat(),
        words.date(at, "DATETIME_FORMAT"),
        *seen[1:],
    )


@dataclass(frozen=True)
class Cell:
    """A column: the values that its cell shows of a row, and how it shows them."""

    seen: Callable[[BoardRow], Hashable]
    shown: Callable[[Any], str] = str


CELLS = {
    "number": Cell(lambda row: row.claim.pk),
    "type": Cell(lambda row: words.choice(row.claim, "type")),
    "language": Cell(lambda row: row.claim.language, language_label),
    "status": Cell(lambda row: (badges.of_status(row.claim), badges.reviews_submitted(row.claim)), _status),
    "verdict": Cell(_verdict_seen, _verdict),
    "evidence": Cell(lambda row: row.weighed if row.stances else None, _evidence),
    "left": Cell(lambda row: row.suggestions or ""),
    "owner": Cell(lambda row: str(row.owner or ""), _owner),
    "reviewers": Cell(lambda row: _asked_seen(row.reviewers), _asked),
    "due": Cell(_due_seen, _due),
    "priority": Cell(lambda row: row.priority),
    "tags": Cell(lambda row: tuple(row.tags), _tags),
    "logged": Cell(_logged_seen, _logged),
}
LOOKS = {"number": "num", "left": "num", "status": "kept", "owner": "kept", "due": "kept", "evidence": "weighed"}
