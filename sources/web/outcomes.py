"""How a fetch may end, and which endings are worth a retry: the server may be back by then."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _

Ending = Literal["dns", "tls", "timeout", "too_large", "bad_encoding", "connection", "too_many_redirects"]

MESSAGES = {
    "dns": _("No server was found under the name of this site."),
    "tls": _("The site could not prove its identity: its certificate was not accepted."),
    "timeout": _("The site took too long to answer."),
    "too_large": _("The answer is larger than we accept."),
    "bad_encoding": _("The answer is damaged, or compressed in a way we do not accept."),
    "connection": _("The connection failed, or the answer was not valid HTTP."),
    "too_many_redirects": _("The address redirects too many times."),
}


class Failed(Exception):
    """No answer came. ``outcome`` is a word of ``vocabulary.Outcome``; the message may be shown to a person.

    ``answered`` says whether the host was there all the same: something of an answer had come.
    """

    answered = False

    def __init__(self, outcome: Ending, detail: str = "") -> None:
        message = str(MESSAGES[outcome])
        super().__init__(f"{message} ({detail})" if detail else message)
        self.outcome = outcome


# Endings that may pass without anybody having changed anything; words of ``vocabulary.Outcome``.
PASSING = {"timeout", "dns", "tls", "connection", "bad_encoding", "robots_unreachable"}
# Of these endings the HTTP status says whether they may pass.
PASSING_WITH_STATUS = {"http_error", "blocked", "bot_challenge"}

# The union of what Scrapy, Media Cloud's story-indexer and trafilatura try again; 52x and 530 are a proxy's word for a
# server behind it that does not answer, 598 a time-out in front of it.
# With 304, which is an error only where what was not modified is not there: the next time all of it is asked for.
PASSING_STATUSES = {304, 408, 425, 429, 499, 500, 502, 503, 504, 509, *range(520, 528), 530, 598}


def may_pass(outcome: str, status: int | None) -> bool:
    """Return whether an attempt that ended so is worth another one without anybody having changed anything.

    What a publisher decided (401, 403, 404, 410, 451, walls, robots.txt), what the desk decided, and what is too large
    or no text stays as it is until somebody asks again.
    """
    return outcome in PASSING or (outcome in PASSING_WITH_STATUS and status in PASSING_STATUSES)
