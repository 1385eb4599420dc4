"""Passwords that are easy to guess: common and leaked ones, sequences, repeats, rows of a keyboard, names and years."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from workbench.desk.models import User

SAFE = 3  # of zxcvbn’s scores 0 to 4: at least a hundred million guesses, while sign-in takes five in a quarter hour
LONGEST_JUDGED = 72  # characters that zxcvbn takes; more make no password easier to guess
OUR_WORDS = ("claim", "workbench", "verification", "factcheck")
# Rows of keyboards that zxcvbn does not know: the French and the German one.
ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop")


class GuessableValidator:
    """Refuses a password that a program guesses soon. zxcvbn brings lists of leaked passwords, names and words."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` for a password that is easy to guess."""
        about = [user.username, user.first_name, user.last_name, user.email] if user else []
        found = zxcvbn(password[:LONGEST_JUDGED], user_inputs=[*filter(None, about), *OUR_WORDS, *ROWS])
        if found["score"] < SAFE:
            text = _("This password is easy to guess: it is common, or made of rows, repeats, names or years.")
            raise ValidationError(text, code="password_easy_to_guess")

    def get_help_text(self) -> str:
        """Return what a good password is."""
        return _("Four or more words that do not belong together make a good password.")
