"""Refusal: how an activity says no, with a message for a person, a code for programs, and a field of the form."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _

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


def checked_text(text: str, *, field: str, most: int, empty: str, too_long: str) -> str:
    """Return what a person wrote, without the space around it.

    ``most`` is in characters; ``too_long`` may name it and the ``length`` that the text has. Raises ``Refusal`` (codes
    ``empty``, ``too_long``, ``null_character``).
    """
    text = text.strip()
    if not text:
        raise Refusal(empty, "empty", field=field)
    if len(text) > most:
        raise Refusal(too_long % {"most": most, "length": len(text)}, "too_long", field=field)
    if "\0" in text:
        problem = _("The text contains a null character, which we cannot store. Remove it and send the form again.")
        raise Refusal(problem, "null_character", field=field)
    return text
