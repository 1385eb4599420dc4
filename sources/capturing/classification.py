"""Classify the answer to a visit by its HTTP status and by what its page shows: an article, a wall, or a soft 404.

A page behind a wall is not coverage, whatever its HTTP status says.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from sources.capturing import soft_404
from sources.capturing.visit import FETCHED, Judged, by_status, status_reason
from sources.formats import challenges, sandbox
from sources.formats.article import PAGES
from sources.formats.page_look import Look
from sources.models.vocabulary import Outcome
from sources.web.client import Response

OFTEN_A_CHALLENGE = {202, 401, 403, 405, 428, 429, 503}


def judge(answer: Response) -> Judged:
    """Return what an answer is by its status, its headers and what its page shows; with the evidence that we weighed.

    A page that may be a wall is read, and left out of coverage until a person says what it is.
    """
    fetched = answer.status in FETCHED
    if challenges.in_headers(answer.headers):
        return Judged(Outcome.BOT_CHALLENGE, status_reason(answer), _of_headers())
    try:
        look = _look(answer) if fetched or answer.status in OFTEN_A_CHALLENGE else None
    except sandbox.GaveUp:
        return _unseen() if fetched else by_status(answer)
    if look and look.wall and (fetched or look.wall == Outcome.BOT_CHALLENGE):
        wall = Outcome(look.wall)
        return Judged(wall, str(wall.label) if fetched else status_reason(answer), look)
    if fetched and look and soft_404.is_missing(answer, look):
        return Judged(Outcome.SOFT_404, _("This site shows a similar page for addresses that do not exist."), look)
    if fetched and look and look.may_be_wall:
        reason = _("Possibly: %(wall)s. A person has to decide.") % {"wall": Outcome(look.suspect).label}
        return Judged(Outcome.MAY_BE_WALL, reason, look)
    return by_status(answer)._replace(look=look if fetched else None)


def _unseen() -> Judged:
    """Return what a page is that cannot be looked at: nobody knows, and it is no coverage until a person says so."""
    return Judged(Outcome.MAY_BE_WALL, _("We could not check whether this page is a wall. A person has to decide."))


def _of_headers() -> Look:
    """Return what is seen of an answer whose headers say that it is a robot check."""
    return Look(Outcome.BOT_CHALLENGE, suspect=Outcome.BOT_CHALLENGE, confidence=1.0, for_wall=("challenge_header",))


def is_page(answer: Response) -> bool:
    """Return whether an answer says that it is a page of markup, such as a browser shows."""
    return answer.header("content-type").partition(";")[0].strip().lower() in PAGES - {"text/plain"}


def _look(answer: Response) -> Look | None:
    """Return what a page shows at a glance; None for what is not a page. Raises ``sandbox.GaveUp``."""
    if not is_page(answer):
        return None
    return sandbox.look(answer.body, answer.header("content-type"), answer.final_url)
