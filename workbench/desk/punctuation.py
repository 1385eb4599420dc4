"""Punctuation that differs between languages (French writes a space before a colon), and texts cut short."""

from __future__ import annotations

from django.utils.translation import gettext as _


def labelled(label: object, text: object) -> str:
    """Return a label, a colon and a text, as the language that is active writes them."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut between two words where that leaves half of it, with dots."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole, _space, _rest = cut.rpartition(" ")
    return f"{(whole if len(whole) >= most // 2 else cut).rstrip()}…"
