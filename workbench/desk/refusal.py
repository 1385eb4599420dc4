"""Refusal: how an activity says no, with a message for a person, a code for programs, and a field of the form."""

from __future__ import annotations

from django.utils.functional import Promise

NOT_KEPT = "not_kept"  # the code where the fault is ours: what was sent can be sent again as it is


class Refusal(Exception):
    """An activity refuses what was asked of it, and has changed nothing.

    The message may be shown to a person. ``code`` is a short word such as ``closed``, which stays the same when the
    message is worded better. ``field`` names the field of a form to correct; it is empty where no single one is.
    """

    def __init__(self, message: str | Promise, code: str, *, field: str = "") -> None:
        super().__init__(str(message))
        self.code = code
        self.field = field
