"""Notices on the page of a document: whether there is coverage, and what a browser made of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _

from sources.capturing import archive_room
from sources.models import Document, FetchAttempt, Reading, Rendering
from sources.models.vocabulary import WALLS, Outcome
from workbench.desk import health
from workbench.pages.templatetags.log_words import told

PLAIN, WARNING, ERROR = "notice", "notice warning", "notice error"


@dataclass(frozen=True)
class Notice:
    """What a page says at its top: a title and a text, or one of them; the classes of its element."""

    look: str
    title: str = ""
    text: str = ""
    is_problem: bool = False  # then the page of problems has it too


@dataclass(frozen=True)
class BrowserCapture:
    """Whether the document can be captured with a browser: a notice, why not, or that a button offers it."""

    notice: Notice | None
    why_not: str = ""
    is_offered: bool = False


def coverage_notices(
    document: Document,
    reading: Reading | None,
    last: FetchAttempt | None,
    *,
    was_read: bool,
    was_removed: bool = False,
    unread: Reading | None = None,
) -> list[Notice]:
    """Return whether there is coverage in a document, and if not, why not; a removed text has a notice of its own.

    ``unread`` is the newest reading that a worker has not finished.
    """
    notices = []
    if document.last_outcome and not document.is_coverage:
        notices.append(_no_coverage(document, reading, last))
    if document.trouble:
        notices.append(_trouble(document))
    elif not document.last_outcome:
        waits = _("This document is waiting to be fetched. Reload the page in a moment.")
        notices.append(_waiting(waits, archive_room.problem() or health.silence(Document)))
    if unread is not None and unread.trouble:
        notices.append(_unreadable(unread))
    elif document.is_coverage and reading is None and not was_removed:
        notices.append(_no_text(unread, was_read=was_read))
    return notices


def doubt_notices(document: Document, reading: Reading | None) -> list[Notice]:
    """Return what is in doubt about a document: where the article is, and whether its characters are right."""
    return [*_link_notices(document), *_text_notices(reading)]


def _link_notices(document: Document) -> list[Notice]:
    """Return that a document is the link of an aggregator behind which we found no article."""
    if not document.is_aggregator_link or document.leads_to_id or document.is_coverage or not document.last_outcome:
        return []
    title = _("The publisher’s page was not found")
    text = _(
        "This is a link of an aggregator. According to the feed, the publisher is %(publisher)s. Find the article "
        "there, and add its address to the claim."
    )
    named = [part for part in (document.named_publisher, document.named_publisher_url) if part]
    return [Notice(WARNING, title, text % {"publisher": " – ".join(named)})]


def _text_notices(reading: Reading | None) -> list[Notice]:
    """Return what may be wrong with the characters of an extracted text."""
    if reading is None or not reading.is_garbled:
        return []
    title = _("Some characters may be wrong")
    text = _(
        "This text looks as if it was decoded with the wrong character set, by us (%(charset)s) or by its publisher. "
        "Compare it with the page as captured before you quote it."
    )
    return [Notice(WARNING, title, text % {"charset": reading.charset})]


def browser_capture(
    document: Document, rendering: Rendering | None, *, browser: bool, may_gather: bool
) -> BrowserCapture:
    """Return the result of the last browser capture, and whether a person can request another."""
    waits = rendering is not None and not rendering.done_at
    notice = _rendering_notice(rendering) if rendering else None
    if not may_gather or not document.is_web:
        return BrowserCapture(notice)
    if not browser:
        why_not = _(
            "Pages that show their text only in a browser cannot be captured here: Chromium is not installed on this "
            "server."
        )
        return BrowserCapture(notice, why_not)
    if document.is_forbidden:
        text = _(
            "A browser is not allowed to open this page either: %(reason)s. If that has changed, fetch the page "
            "again first."
        )
        return BrowserCapture(notice, text % {"reason": document.get_last_outcome_display()})
    return BrowserCapture(notice, is_offered=not waits)


def _no_coverage(document: Document, reading: Reading | None, last: FetchAttempt | None) -> Notice:
    if document.last_outcome == Outcome.MAY_BE_WALL:
        text = _("We extracted its text, but leave it out of coverage until somebody decides what this page is.")
        return Notice(WARNING, _("This page may be a wall"), text)
    outcome = str(document.get_last_outcome_display()).lower()
    if last is not None and last.outcome != document.last_outcome and document.last_outcome in WALLS:
        title = _("No coverage: somebody decided that this page is a wall (%(wall)s)")
        return Notice(WARNING, title % {"wall": outcome})
    title = _("Text from an earlier fetch. Latest fetch: %(outcome)s") if reading else _("No coverage: %(outcome)s")
    reason = told(last.reason) if last else ""
    repeated = last is not None and reason == str(last.get_outcome_display())
    look = WARNING if reading else ERROR
    return Notice(look, title % {"outcome": outcome}, "" if repeated else reason)


def _no_text(unread: Reading | None, *, was_read: bool) -> Notice:
    if was_read and unread is None:
        return Notice(PLAIN, text=_("We could not extract any text from this page."))
    return _waiting(_("The page is fetched. Its text has not been extracted yet."), health.silence(Reading))


def _waiting(waits: str, silence: str) -> Notice:
    """Return that something waits, and why it waits in vain where it does."""
    return Notice(WARNING, text=f"{waits} {silence}") if silence else Notice(PLAIN, text=waits)


def _unreadable(reading: Reading) -> Notice:
    title = _("Extracting the text failed too often and needs attention")
    if reading.due_at:
        title = _("Extracting the text failed. Next try: %(when)s") % {"when": naturaltime(reading.due_at)}
    return Notice(ERROR, title, told(reading.trouble), is_problem=True)


def _trouble(document: Document) -> Notice:
    title = _("Fetching failed too often and needs attention")
    if document.due_at:
        title = _("Fetching failed. Next try: %(when)s") % {"when": naturaltime(document.due_at)}
    return Notice(ERROR, title, told(document.trouble), is_problem=True)


def _rendering_notice(rendering: Rendering) -> Notice | None:
    if rendering.problem:
        failed = _("The last browser capture failed: %(problem)s")
        return Notice(WARNING, text=failed % {"problem": told(rendering.problem)})
    if rendering.done_at:
        return None
    if not rendering.trouble:
        return Notice(PLAIN, text=_("A browser capture has been requested."))
    waits = _("A browser capture has been requested. It has failed so far: %(problem)s")
    return Notice(PLAIN, text=waits % {"problem": told(rendering.trouble)})
