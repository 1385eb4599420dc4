import re
from dataclasses import fields, is_dataclass

import pytest

from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES, either, joined

# Tables whose words stay as they are written, and those that hold regular expressions.
AS_WRITTEN = {"titles", "closing", "abbreviations", "ranging", "ranging_if_opened", "thousands"}
AS_WRITTEN |= {"code", "according", "conjunctions", "particles", "told", "bare"}
PATTERNS = {"negations", "negatives", "article", "derived", "after_speaker", "adjuncts", "endings"}
PATTERNS |= {
    "accept",
    "agencies",
    "challenge",
    "cookies",
    "not_found",
    "paywall",
    "region",
    "sign_in",
    "sign_in_path",
    "stamp",
}


def tables(language):
    """The name and value of every table, those of its parts too."""
    for field in fields(language):
        value = getattr(language, field.name)
        if is_dataclass(value):
            yield from tables(value)
        else:
            yield field.name, value


def folded(language):
    """Every word, phrase and verb form that must be folded."""
    for name, value in tables(language):
        if name in AS_WRITTEN | PATTERNS:
            continue
        if name == "verbs":
            yield from (form for verb in value for form in verb.active + verb.passive)
        elif name in {"before", "after"}:
            yield from (phrase for line in value.values() for phrase in line.split("|"))
        else:
            yield from value


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_words_are_in_the_form_in_which_texts_are_compared(language):
    assert [word for word in folded(language) if fold(word) != word or not word] == []


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_no_pattern_matches_an_empty_text(language):
    patterns = [value for name, value in tables(language) if name in PATTERNS and value]

    assert [pattern for pattern in patterns if re.search(pattern, "")] == []


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_an_abbreviation_is_of_one_kind(language):
    kinds = language.sentences

    assert len(kinds.titles | kinds.closing | kinds.abbreviations) == sum(
        map(len, (kinds.titles, kinds.closing, kinds.abbreviations))
    )


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_a_form_belongs_to_one_verb(language):
    forms = [form for verb in language.speech.verbs for form in verb.active]

    assert len(forms) == len(set(forms))


def test_the_words_of_all_languages_are_joined():
    assert {"not", "degil"}.isdisjoint(joined(lambda language: language.openers))
    assert {"january", "janvier", "ocak", "يناير"} <= joined(lambda language: language.calendar.months)


@pytest.mark.parametrize("path", ["/login", "/connexion", "/giris"])
def test_a_pattern_of_all_languages_stands_in_a_longer_one(path):
    assert re.fullmatch("/" + either(lambda language: language.pages.sign_in_path), path)
