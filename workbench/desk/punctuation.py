"""Punctuation that differs between languages: French writes a space before a colon."""

from __future__ import annotations

from django.utils.translation import gettext as _


def labelled(label: object, text: object) -> str:
    """Return a label, a colon and a text, as the language that is active writes them."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}
