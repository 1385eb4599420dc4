"""Visit an address once, and say how that ended: the outcome for each HTTP status, and when to come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import NamedTuple

from django.utils.translation import gettext as _

from sources.formats.page_look import Look
from sources.models.vocabulary import Outcome
from sources.web import door
from sources.web.addresses import Refused
from sources.web.client import ACCEPT, NO_VALIDATORS, Failed, Response, Undecoded, Validators
from sources.web.outcomes import MESSAGES, may_pass
from workbench.desk.work_queue import PutOff

FETCHED = {200, 203}
OUTCOME_OF_STATUS = {
    **dict.fromkeys(FETCHED, Outcome.OK),
    304: Outcome.NOT_MODIFIED,
    401: Outcome.LOGIN_WALL,
    402: Outcome.PAYWALL,
    403: Outcome.BLOCKED,
    404: Outcome.GONE,
    410: Outcome.GONE,
    429: Outcome.BLOCKED,
    451: Outcome.BLOCKED,
}  # every other status: Outcome.HTTP_ERROR


class Judged(NamedTuple):
    """What an answer is, the reason where there is one, and what we saw of its page where we looked."""

    outcome: Outcome
    reason: str = ""
    look: Look | None = None


Judge = Callable[[Response], Judged]


@dataclass(frozen=True)
class Visit:
    """The result of one visit, before anything is stored.

    ``reason`` says why in words for a person where the outcome does not say it all. ``again_in`` is the time after
    which the site may be asked again, where we know it.
    """

    outcome: Outcome
    reason: str
    took: timedelta
    answer: Response | None = None
    again_in: timedelta | None = None
    look: Look | None = None

    @property
    def may_pass(self) -> bool:
        """Whether the same visit may end better later, although nobody has changed anything."""
        return may_pass(self.outcome, self.answer.status if self.answer else None)


class HostBusy(PutOff):
    """It is not our turn at this host (rate limit). It is free in so many seconds, but others wait there too."""

    def __init__(self, wait: timedelta, free_in: float) -> None:
        super().__init__(wait)
        self.free_in = free_in


def by_status(answer: Response) -> Judged:
    """Return the outcome of an answer by its HTTP status alone, and the reason where there is one."""
    if answer.status in FETCHED:
        return Judged(Outcome.OK)
    if answer.status == 304 and not answer.is_conditional:
        return Judged(Outcome.HTTP_ERROR, _("The server says “not modified”, but we had asked for the whole page."))
    if answer.status == 505 or (answer.status == 426 and "h2" in answer.header("upgrade").lower()):
        return Judged(Outcome.HTTP2_ONLY, str(MESSAGES["http2_only"]))
    return Judged(OUTCOME_OF_STATUS.get(answer.status, Outcome.HTTP_ERROR), status_reason(answer))


def status_reason(answer: Response) -> str:
    """Return the HTTP status of an answer as a reason for a person."""
    return _("The server answered with HTTP status %(n)d.") % {"n": answer.status}


def visit(
    url: str,
    *,
    known: Validators = NO_VALIDATORS,
    accept: str = ACCEPT,
    patience: float | None = None,
    judge: Judge = by_status,
    enough: int = 0,
) -> Visit:
    """Visit an address once, as ``door.visit`` does, and return how that ended; ``judge`` says what an answer is.

    Raises ``HostBusy``: the row of work comes back later, and no try counts.
    """
    start = monotonic()
    try:
        answer = door.visit(url, known=known, accept=accept, patience=patience, enough=enough)
        judged = judge(answer)
    except door.NotYet as wait:
        raise _busy(wait) from wait
    except Undecoded as ending:
        return _undecoded(ending, start)
    except (door.Denied, Refused, Failed) as ending:
        return _without_answer(ending, start)
    return Visit(judged.outcome, judged.reason, timedelta(seconds=monotonic() - start), answer, look=judged.look)


def visit_home(url: str) -> tuple[Visit, list[str]]:
    """Visit a home page, and return how that ended and the sitemaps that the robots.txt of its host names.

    Raises ``HostBusy``.
    """
    start = monotonic()
    home = visit(url)
    if home.answer is None:
        return home, []
    try:
        return home, door.sitemaps(url)
    except door.NotYet as wait:
        raise _busy(wait) from wait
    except (door.Denied, Refused, Failed) as ending:
        return _without_answer(ending, start), []


def _busy(wait: door.NotYet) -> HostBusy:
    return HostBusy(timedelta(seconds=wait.seconds), wait.free_in)


def _undecoded(ending: Undecoded, start: float) -> Visit:
    """Return the visit of an answer that we could not decompress: its bytes are kept as served."""
    judged = by_status(ending.answer)
    if judged.outcome != Outcome.OK:
        return Visit(judged.outcome, judged.reason, timedelta(seconds=monotonic() - start), ending.answer)
    return replace(_without_answer(ending, start), answer=ending.answer)


def _without_answer(ending: door.Denied | Refused | Failed, start: float) -> Visit:
    again_in = None
    if isinstance(ending, door.Denied) and ending.ask_in is not None:
        again_in = timedelta(seconds=ending.ask_in)
    return Visit(Outcome(ending.outcome), str(ending), timedelta(seconds=monotonic() - start), again_in=again_in)
