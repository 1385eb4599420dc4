"""The languages with word tables: to add one, write its file and one line here.

Two things are no tables: the sentence patterns in claims.wording, and the stemmers in sources.models.document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sources.language.languages.ar import ARABIC
from sources.language.languages.en import ENGLISH
from sources.language.languages.fr import FRENCH
from sources.language.languages.tables import Language
from sources.language.languages.tr import TURKISH

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        ARABIC,
        ENGLISH,
        FRENCH,
        TURKISH,
    )
}


def joined(pick: Callable[[Language], Iterable[str]]) -> frozenset[str]:
    """Return the words of all languages from one table."""
    return frozenset(word for language in LANGUAGES.values() for word in pick(language))


def either(pick: Callable[[Language], str]) -> str:
    """Return a regular expression that matches what one of the languages matches; it can stand in a longer one."""
    return "(?:" + "|".join(pattern for language in LANGUAGES.values() if (pattern := pick(language))) + ")"
