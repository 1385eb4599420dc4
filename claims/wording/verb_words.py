"""Find the words by which a text itself says that somebody says something: “ont annoncé” for the verb “annoncer”."""

from __future__ import annotations

from functools import cache

from claims.wording.attributed import Attributed
from claims.wording.modality import ACTIVE, PARTICIPLES, PASSIVE
from claims.wording.verb_groups import BE, DO, HAVE
from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import WordToken, tokens

AND = {"ar": ("و", "ف")}  # written together with the verb


def verb_words(text: str, said: Attributed, language: str) -> str:
    """Return the words of a text that stand for the verb of an attribution; empty where they are not found.

    They are looked for in its frame, beside the speaker and what is said; those next to what is said count.
    """
    parts = [said.content, *([said.speaker] if said.speaker else [])]
    words = [
        word
        for word in tokens(text[: said.frame.end])
        if word.start >= said.frame.start and not any(part.start <= word.start < part.end for part in parts)
    ]
    found = [span for at in range(len(words)) if (span := _at(words, at, said.verb, language))]
    if not found:
        return ""
    start, end = min(found, key=lambda span: (_distance(words, span, said), span[0] - span[1]))
    while start and words[start - 1].form in _before_verbs(language) and _touch(text, words[start - 1], words[start]):
        start -= 1
    first = words[start].start + len(_joined(words[start].form, said.verb, language))
    return text[first : words[end - 1].end]


def _at(words: list[WordToken], at: int, verb: str, language: str) -> tuple[int, int] | None:
    """Return the longest form of a verb that begins at a word."""
    forms = [word.form for word in words]
    bare = forms[at][len(_joined(forms[at], verb, language)) :]
    sizes = [len(form) for form in _forms(verb, language) if (bare, *forms[at + 1 : at + len(form)]) == form]
    return (at, at + max(sizes)) if sizes else None


def _joined(form: str, verb: str, language: str) -> str:
    """Return the conjunction that is written together with a word, where the rest is a form of the verb."""
    known = {each[0] for each in _forms(verb, language)}
    return next((letter for letter in AND.get(language, ()) if form not in known and form.startswith(letter)), "")


@cache
def _forms(verb: str, language: str) -> frozenset[tuple[str, ...]]:
    """Return the forms of a verb, or of a phrase for “according to”, each as its folded words."""
    tables = (ACTIVE, PASSIVE, PARTICIPLES)
    forms = {tuple(form.split()) for table in tables for form, cue in table[language].items() if cue.verb == verb}
    phrases = [verb] if forms else [verb, *LANGUAGES[language].speech.according]
    return frozenset(forms | {tuple(word.form for word in tokens(phrase)) for phrase in phrases})


@cache
def _before_verbs(language: str) -> frozenset[str]:
    """Return the words that stand before a verb of saying and belong to it: “a”, “has not”, “il a été”."""
    helping = HAVE.get(language, set()) | BE.get(language, set()) | (DO if language == "en" else set())
    negating = LANGUAGES[language].clauses.negating if helping else frozenset()
    return frozenset(helping | negating)


def _touch(text: str, first: WordToken, second: WordToken) -> bool:
    """Say whether nothing but a space or an apostrophe stands between two words."""
    return text[first.end : second.start].strip(" \u00a0\u202f’'") == ""


def _distance(words: list[WordToken], span: tuple[int, int], said: Attributed) -> int:
    start, end = words[span[0]].start, words[span[1] - 1].end
    return max(said.content.start - end, start - said.content.end, 0)
