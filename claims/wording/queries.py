"""Choose the words of a claim to search for."""

from __future__ import annotations

import re

from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES, joined
from sources.language.word_forms import word_forms

MOST_WORDS = 8  # no page holds all the words of a longer search
SHORTEST = 3
STEM = 5  # letters that inflected forms of a word have in common
DIGITS = 2  # a shorter number stands in most texts
QUOTED = re.compile(r"«([^»]{2,200})»|“([^”]{2,200})”|\"([^\"]{2,200})\"")
WORD = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670])*+"
)

# What posts carry beside their words: addresses, accounts, the mark of a repost. Each part begins only where a run of
# its characters begins and never gives back what it took, so a long text takes time in proportion to its length.
CARRIED = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w-])(?<![\w-]\.)[\w-]++(?:\.[\w-]++)++/\S*"
    r"|(?<!\S)\S[^\s@]*+@\S+\.\w+"
    r"|(?<![\w.])@\w[\w.]*"
    r"|^[^\w\n]*+(?:RT|MT)\b(?=\s*@)",
    re.IGNORECASE | re.MULTILINE,
)

STOP_WORDS = {code: language.stop_words for code, language in LANGUAGES.items()}
ALL_STOP_WORDS = joined(lambda language: language.stop_words)


def search_words(text: str, language: str) -> list[str]:
    """Return the most specific words of a claim, folded, at most eight, the most specific first.

    Addresses, accounts and the mark of a repost are no words of it. Quoted words come first, then numbers and names,
    then the longest of the others.
    """
    text = CARRIED.sub(" ", text)
    quoted = {
        word for match in QUOTED.finditer(text) for word in _folded("".join(filter(None, match.groups())), language)
    }
    ranked = sorted(_words(text, language), key=lambda found: (_rank(found[0], found[1], quoted), -len(found[0])))
    return list(dict.fromkeys(form for form, _word in ranked))[:MOST_WORDS]


def written_words(text: str, language: str) -> list[str]:
    """Return the most specific words of a claim as it writes them, the most specific first: names, numbers, rare words.

    For engines beyond our own collection, which fold words by rules of their own.
    """
    text = CARRIED.sub(" ", text)
    ranked = sorted(_words(text, language), key=lambda found: (_rank(found[0], found[1], set()), -len(found[0])))
    return list(dict.fromkeys(word for _form, word in ranked))


def share_words(query: str, text: str, language: str) -> bool:
    """Say whether a query has a specific word, a name or a number of a text, also in another inflection."""
    theirs = _forms(WORD.findall(query))
    ours = _forms(written_words(text, language))
    return not theirs.isdisjoint(ours) or not _stems(theirs).isdisjoint(_stems(ours))


def is_of_any_language(word: str) -> bool:
    """Return whether a word is searched alike in every language: a number, or a name by its capital letter."""
    return word[0].isdigit() or word[0].isupper()


def _forms(words: list[str]) -> set[str]:
    numbers = {re.sub(r"\D", "", word) for word in words if word[0].isdigit()}
    forms = {form for word in words if not word[0].isdigit() for each in word_forms(word) for form in each}
    return {number for number in numbers if len(number) >= DIGITS} | {form for form in forms if len(form) >= SHORTEST}


def _stems(forms: set[str]) -> set[str]:
    return {form[:STEM] for form in forms if len(form) >= STEM and not form[0].isdigit()}


def _words(text: str, language: str) -> list[tuple[str, str]]:
    """Return the words of a text without stop words, each folded and as written."""
    stop_words = STOP_WORDS.get(language, ALL_STOP_WORDS)
    found = []
    for word in WORD.findall(text):
        form = fold(word, language)
        if word[0].isdigit() or (len(form) >= SHORTEST and form not in stop_words):
            found.append((form, word))
    return found


def _folded(text: str, language: str) -> set[str]:
    return {form for form, _word in _words(text, language)}


def _rank(form: str, word: str, quoted: set[str]) -> int:
    if form in quoted:
        return 0
    return 1 if word[0].isdigit() or word[0].isupper() else 2
