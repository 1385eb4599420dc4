"""Why a page or a file has no text to read."""

from __future__ import annotations


class Unreadable(Exception):
    """A page has no text to read; ``outcome`` is a fetch outcome: empty_extraction, not_text or too_large."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
