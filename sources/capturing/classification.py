"""Visit an address and judge what came of it: what stands behind a wall is no coverage, whatever its status says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.utils.translation import gettext as _

from sources.capturing import soft_404
from sources.formats import sandbox
from sources.formats.html import PAGES
from sources.formats.walls import Look
from sources.models.vocabulary import Outcome
from sources.web import door
from sources.web.addresses import Refused
from sources.web.client import NO_VALIDATORS, Answer, Failed, Validators

OUTCOME_OF_STATUS = {
    304: Outcome.NOT_MODIFIED,
    401: Outcome.LOGIN_WALL,
    402: Outcome.PAYWALL,
    403: Outcome.BLOCKED,
    404: Outcome.GONE,
    410: Outcome.GONE,
    429: Outcome.BLOCKED,
    451: Outcome.BLOCKED,
}
FETCHED = {200, 203}
OFTEN_A_CHALLENGE = {403, 429, 503}


@dataclass(frozen=True)
class Visit:
    """How one visit of an address ended, before it is noted; and after how long to come back where the host says so."""

    outcome: Outcome
    reason: str
    took: timedelta
    answer: Answer | None = None
    again_in: timedelta | None = None


def visit(url: str, *, known: Validators = NO_VALIDATORS) -> Visit:
    """Visit an address, under conditions as in ``door.visit``. Raises ``door.NotYet``."""
    start = monotonic()
    answer = again_in = None
    try:
        answer = door.visit(url, known=known)
        outcome, reason = judge(answer)
    except (door.Denied, Refused, Failed) as ending:
        outcome, reason = Outcome(ending.outcome), str(ending)
        if isinstance(ending, door.Denied) and ending.ask_in is not None:
            again_in = timedelta(seconds=ending.ask_in)
    return Visit(outcome, reason, timedelta(seconds=monotonic() - start), answer, again_in)


def judge(answer: Answer) -> tuple[Outcome, str]:
    """Say what an answer is, and why where that does not say it all."""
    fetched = answer.status in FETCHED
    look = _look(answer) if fetched or answer.status in OFTEN_A_CHALLENGE else None
    if look and look.wall and (fetched or look.wall == Outcome.BOT_CHALLENGE):
        return Outcome(look.wall), str(Outcome(look.wall).label) if fetched else _answered(answer)
    if answer.status == 304 and not answer.is_conditional:
        return Outcome.HTTP_ERROR, _("The server says “not modified”, but we had asked for the whole page.")
    if not fetched:
        return OUTCOME_OF_STATUS.get(answer.status, Outcome.HTTP_ERROR), _answered(answer)
    if look and soft_404.is_missing(answer, look):
        return Outcome.SOFT_404, _("This site shows a similar page for addresses that do not exist.")
    return Outcome.OK, ""


def is_page(answer: Answer) -> bool:
    """Return whether an answer says that it is a page of markup, such as a browser shows."""
    return answer.header("content-type").partition(";")[0].strip().lower() in PAGES - {"text/plain"}


def _look(answer: Answer) -> Look | None:
    """Return what a page is at a glance; None for what is no page, or none that can be parsed: its reader will say."""
    if not is_page(answer):
        return None
    try:
        return sandbox.look(answer.body, answer.header("content-type"), answer.final_url)
    except sandbox.GaveUp:
        return None


def _answered(answer: Answer) -> str:
    return _("The server answered with HTTP status %(n)d.") % {"n": answer.status}
