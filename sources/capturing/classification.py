"""Classify the answer to a visit by its HTTP status and by what its page shows: an article, a wall, or a soft 404.

A page behind a wall is not coverage, whatever its HTTP status says.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from sources.capturing import soft_404
from sources.capturing.visit import FETCHED, by_status, status_reason
from sources.formats import sandbox
from sources.formats.html import PAGES
from sources.formats.walls import Look
from sources.models.vocabulary import Outcome
from sources.web.client import Response

OFTEN_A_CHALLENGE = {403, 429, 503}


def judge(answer: Response) -> tuple[Outcome, str]:
    """Return the outcome of an answer by its status and by what the page shows, and the reason where there is one."""
    fetched = answer.status in FETCHED
    look = _look(answer) if fetched or answer.status in OFTEN_A_CHALLENGE else None
    if look and look.wall and (fetched or look.wall == Outcome.BOT_CHALLENGE):
        return Outcome(look.wall), str(Outcome(look.wall).label) if fetched else status_reason(answer)
    if fetched and look and soft_404.is_missing(answer, look):
        return Outcome.SOFT_404, _("This site shows a similar page for addresses that do not exist.")
    return by_status(answer)


def is_page(answer: Response) -> bool:
    """Return whether an answer says that it is a page of markup, such as a browser shows."""
    return answer.header("content-type").partition(";")[0].strip().lower() in PAGES - {"text/plain"}


def _look(answer: Response) -> Look | None:
    """Return what a page shows at a glance; None for what is not a page, or cannot be parsed: its reader will say."""
    if not is_page(answer):
        return None
    try:
        return sandbox.look(answer.body, answer.header("content-type"), answer.final_url)
    except sandbox.GaveUp:
        return None
