"""How a fetch may end without an answer."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _

Ending = Literal["dns", "tls", "timeout", "too_large", "bad_encoding", "connection", "too_many_redirects"]

MESSAGES = {
    "dns": _("The name of this host has no address."),
    "tls": _("The host could not prove who it is: its certificate did not pass."),
    "timeout": _("The host took too long to answer."),
    "too_large": _("The answer is larger than we accept."),
    "bad_encoding": _("The answer is compressed in a way we do not accept, or broken."),
    "connection": _("The connection failed, or the answer broke the rules of HTTP."),
    "too_many_redirects": _("The address redirects too often."),
}


class Failed(Exception):
    """No answer came. ``outcome`` is a word of ``sources.vocabulary.Outcome``; the message may be shown to a person.

    ``answered`` says whether the host was there all the same: something of an answer had come.
    """

    answered = False

    def __init__(self, outcome: Ending, detail: str = "") -> None:
        message = str(MESSAGES[outcome])
        super().__init__(f"{message} ({detail})" if detail else message)
        self.outcome = outcome
