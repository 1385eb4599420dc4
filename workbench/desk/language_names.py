"""Names of languages in the language of the interface, as Unicode CLDR writes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext


def language_name(code: str | None) -> str:
    """Return what a language is called in the middle of a sentence: “arabe” in French, “Arabic” in English.

    A variety that CLDR does not name has the name of its language; an unknown code is its own name.
    """
    if not code:
        return gettext("unknown language")
    named = _names(get_language() or settings.LANGUAGE_CODE)
    parts = code.replace("_", "-").casefold().split("-")
    tags = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((named[tag] for tag in tags if tag in named), code)


def language_label(code: str | None) -> str:
    """Return what a language is called where its name stands first: in a cell, an option, a label."""
    return str(capfirst(language_name(code)))


@cache
def _names(active: str) -> Mapping[str, str]:
    languages = Locale.parse(active, sep="-").languages
    return {str(code).replace("_", "-").casefold(): str(name) for code, name in languages.items()}
