"""The rows of the board and their stamps as HTML: a page has hundreds of cells, and a template for each is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import quote

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.models import Claim
from claims.pages import badges
from claims.pages.board import COLUMNS, AskedReviewer, BoardRow
from claims.pages.board_page import Board
from workbench.desk.language_names import language_label
from workbench.pages.badges import BAD, DOUBT, Badge
from workbench.pages.templatetags import words

NOTHING = mark_safe("")
EMPTY = mark_safe("<td></td>")


def row_of(row: BoardRow, board: Board) -> SafeString:
    """Return a claim of the board: the box to choose it, its words, and a cell for each column."""
    claim = row.claim
    box = format_html(
        '<td class="pick">'
        '<input type="checkbox" name="claim" value="{0}" form="bulk" aria-labelledby="claim-{0}"></td>',
        claim.pk,
    )
    named = format_html(
        '<th scope="row" class="claim"><a id="claim-{}" href="{}">{}</a></th>',
        claim.pk,
        claim.get_absolute_url(),
        words.said(str(claim), claim.language),
    )
    cells = format_html_join("", "{}", ((_cell(name, row, board.address),) for name in board.names))
    return format_html("<tr>{}{}{}</tr>", box if board.bulk else NOTHING, named, cells)


def status_stamp(claim: Claim) -> SafeString:
    """Return how far the work on a claim has come, and how many reviews it has where a list knows it."""
    reviews = badges.reviews_submitted(claim)
    stamp = _stamp(badges.of_status(claim))
    return format_html('{} <span class="soft">{}</span>', stamp, reviews) if reviews else stamp


def due_stamp(row: BoardRow) -> SafeString:
    """Return when a claim is due, and whether it is late or urgent."""
    urgent = _stamp(Badge(_("Urgent"), BAD)) if row.is_urgent else NOTHING
    return format_html("{} {}", _due_day(row, row.due_on), urgent) if row.due_on else urgent


def asked_reviewers(asked: Iterable[AskedReviewer]) -> SafeString:
    """Return who was asked to review, and who has handed in; never what they found."""
    done = _("has handed in a review")
    tick = format_html('<span title="{0}">✓<span class="unseen">{0}</span></span>', done)
    people = ((str(each.person), tick if each.is_done else NOTHING) for each in asked)
    return format_html_join(" ", '<span class="asked"><bdi>{}</bdi> {}</span>', people)


def _due_day(row: BoardRow, day: date) -> SafeString:
    word, look = (_("late"), BAD) if row.is_late else (_("today"), DOUBT) if row.is_due_today else ("", "")
    shown = format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day, "MONTH_DAY_FORMAT"))
    return format_html('<span class="{}">{}{}</span>', look, f"{word} · " if word else "", shown)


def _stamp(badge: Badge) -> SafeString:
    return format_html('<span class="{}">{}</span>', badge.look, badge.label)


def _cell(name: str, row: BoardRow, address: str) -> SafeString:
    """Return the cell of a column; an empty one where nobody has said anything yet."""
    shown = _tags(row, address) if name == "tags" else SHOWN[name](row)
    if not shown:
        return EMPTY
    label = "" if name == "status" else COLUMNS[name]
    look = format_html(' class="{}"', LOOKS[name]) if name in LOOKS else NOTHING
    return format_html('<td{} data-label="{}">{}</td>', look, label, shown)


def _evidence(row: BoardRow) -> str:
    """Return how many documents support, refute and discuss the claim."""
    if not row.stances:
        return ""
    labels = (pgettext("evidence", "for"), pgettext("evidence", "against"), pgettext("evidence", "about"))
    parts = zip(("for", "against", "about"), labels, row.weighed, strict=True)
    return format_html_join(" ", '<span class="{}"><span class="unseen">{}</span> {}</span>', parts)


def _owner(row: BoardRow) -> str:
    return format_html("<bdi>{}</bdi>", str(row.owner)) if row.owner else ""


def _tags(row: BoardRow, address: str) -> str:
    links = ((address, quote(tag), tag) for tag in row.tags)
    return format_html_join(" ", '<a class="tag" href="{}?tag={}"><bdi>{}</bdi></a>', links)


def _logged(row: BoardRow) -> str:
    at = timezone.localtime(row.claim.logged_at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time> · <bdi>{}</bdi>',
        at.isoformat(),
        words.date(at, "DATETIME_FORMAT"),
        naturaltime(at),
        str(row.claim.logged_by),
    )


SHOWN: dict[str, Callable[[BoardRow], object]] = {
    "number": lambda row: row.claim.pk,
    "type": lambda row: words.choice(row.claim, "type"),
    "language": lambda row: language_label(row.claim.language),
    "status": lambda row: status_stamp(row.claim),
    "verdict": lambda row: _stamp(badges.of_rating(row.verdict)) if row.verdict else "",
    "evidence": _evidence,
    "left": lambda row: row.suggestions or "",
    "owner": _owner,
    "reviewers": lambda row: asked_reviewers(row.reviewers),
    "due": due_stamp,
    "priority": lambda row: row.priority,
    "logged": _logged,
}
LOOKS = {"number": "num", "left": "num", "status": "kept", "owner": "kept", "due": "kept", "evidence": "weighed"}
