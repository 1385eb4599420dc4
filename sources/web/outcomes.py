"""Endings of a fetch without an answer (DNS, TLS, timeout …), and which outcomes are worth a retry."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _

Ending = Literal["dns", "tls", "timeout", "too_large", "bad_encoding", "connection", "too_many_redirects", "http2_only"]

MESSAGES = {
    "dns": _("No server was found under the name of this site."),
    "tls": _("The site could not prove its identity: its certificate was not accepted."),
    "timeout": _("The site took too long to answer."),
    "too_large": _("The answer is larger than we accept."),
    "bad_encoding": _("The answer is damaged, or compressed in a way we do not accept."),
    "connection": _("The connection failed, or the answer was not valid HTTP."),
    "too_many_redirects": _("The address redirects too many times."),
    "http2_only": _("This site speaks only HTTP/2. Our fetcher speaks HTTP/1.1, so it cannot read this site."),
}


class Failed(Exception):
    """No answer came. ``outcome`` is a word of ``vocabulary.Outcome``; the message may be shown to a person.

    ``answered`` says whether the host was there nevertheless: a part of an answer had come.
    """

    answered = False

    def __init__(self, outcome: Ending, detail: str = "") -> None:
        message = str(MESSAGES[outcome])
        super().__init__(f"{message} ({detail})" if detail else message)
        self.outcome = outcome


# Outcomes that may pass although nobody changes anything (temporary errors); words of ``vocabulary.Outcome``.
PASSING = {"timeout", "dns", "tls", "connection", "bad_encoding", "robots_unreachable"}
# For these outcomes the HTTP status says whether they may pass.
PASSING_WITH_STATUS = {"http_error", "blocked", "bot_challenge"}

# All that Scrapy, Media Cloud's story-indexer and trafilatura retry. A proxy answers 52x and 530 for a server behind it
# that does not answer, and 598 for a time-out in front of it. 304 is an error only where we do not have the earlier
# page: the next time we ask for the whole page.
PASSING_STATUSES = {304, 408, 425, 429, 499, 500, 502, 503, 504, 509, *range(520, 528), 530, 598}


def may_pass(outcome: str, status: int | None) -> bool:
    """Return whether a visit with this outcome is worth a retry, although nobody has changed anything.

    Decisions of a publisher (401, 403, 404, 410, 451, walls, robots.txt) or of the desk, and pages that are too large
    or not text, stay as they are until somebody asks again.
    """
    return outcome in PASSING or (outcome in PASSING_WITH_STATUS and status in PASSING_STATUSES)
