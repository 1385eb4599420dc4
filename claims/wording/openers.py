"""Find where a sentence of a post begins: after its labels, tags and addresses."""

from __future__ import annotations

import re

from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import NUMERALS, WordToken, tokens

NEAR = 120  # characters to look at for the first words of a clause
LONGEST = 60  # characters of a label: BREAKING, Son dakika, Breval (AA)
MOST_WORDS = 5  # of a label
SIGN = (
    "(?:[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
    "[\ufe0f\u200d\u20e3]?)"
)
FLAG = "[\U0001f1e6-\U0001f1ff]"  # may stand within a name
# Before any words: signs, the number of a post in a thread, "RT @name:".
BLANK = re.compile(rf"(?:\s|\||{SIGN}|{FLAG})+|\d{{1,2}}/(?=\s)|RT\s+@\w+:")
# Before words that may open a clause.
ADDRESSES = re.compile(r"(?:\.?@\w+\s+)+")
TAGS = re.compile(r"(?:#\w+\s+)+")
BRACKETED = re.compile(r"\[[^\[\]]{1,60}\]|\([^()]{1,60}\)")
SHORTEST_LABEL = 5  # characters of a tag; a shorter one in capitals is the name of an organization
BAR = re.compile(r"\|")
SIGNS = re.compile(f"{SIGN}+")
INNER = re.compile("[,،;؛«“\"]|(?<!\\w)['‘]")  # in a clause, not in a label
COLON = re.compile(r"\s?:(?=\s)")
# With a dateline, in a language whose clauses end with their verb.
DATELINE = {"tr": re.compile(r":(?=\s)|\s[-–—]\s"), "en": COLON, "fr": COLON, "ar": COLON}
HEAD = re.compile(r"[snrgd][iu]$")  # of a Turkish noun that takes the noun before it: Breval Valisi


def opening(text: str, language: str, cues: frozenset[str]) -> int:
    """Return where a sentence begins after what opens a post. ``cues`` are words that tell that somebody says it."""
    start = 0
    while end := _blank(text, start) or _tag(text, start, language, cues) or _label(text, start, language, cues):
        start = end
    return start


def _blank(text: str, start: int) -> int:
    found = BLANK.match(text, start)
    return found.end() if found else 0


def _tag(text: str, start: int, language: str, cues: frozenset[str]) -> int:
    """Return where tags, addresses or a bracketed label end that begin at a character; 0 where none do."""
    found = ADDRESSES.match(text, start) or BRACKETED.match(text, start)
    if found is None:
        found = TAGS.match(text, start)
        if found and not _stands_apart(found[0].split()[-1], text[found.end() :], language, cues):
            return 0
    return found.end() if found and _opens(text[found.end() :], language, cues) else 0


def _stands_apart(tag: str, following: str, language: str, cues: frozenset[str]) -> bool:
    """Return whether a tag is no part of the clause after it: #BREAKING Mayor …, not #Breval Mayor …."""
    word = _first(following)
    if word is None:
        return bool(BRACKETED.match(following) or BAR.match(following))
    if language == "ar":
        return not tag.startswith("#ال") and (word.form in cues or word.form.startswith("ال"))
    if _is_determined(word, language):
        return True
    shouted = len(tag) > SHORTEST_LABEL and sum(letter.isupper() for letter in tag) > 1
    return shouted and not (language == "tr" and HEAD.search(word.form))


def _label(text: str, start: int, language: str, cues: frozenset[str]) -> int:
    """Return where a label ends that begins at a character; 0 where none does."""
    for marks in (BAR, SIGNS, DATELINE.get(language)):
        found = marks.search(text, start, start + LONGEST) if marks else None
        if found is None or INNER.search(text, start, found.start()):
            continue
        before, following = text[start : found.start()], text[found.end() :]
        label = tokens(before)
        if not 0 < len(label) <= MOST_WORDS or any(word.form in cues for word in label):
            continue
        if marks is COLON and any(_is_verb(before, word, language) for word in label):
            continue
        if _first(following) and (marks is BAR or _parts(label, found[0], following, language, cues)):
            return found.end()
    return 0


def _is_verb(text: str, word: WordToken, language: str) -> bool:
    return word.form in LANGUAGES[language].clauses.finite and text[word.start : word.end].lower() != "à"


def _parts(label: list[WordToken], mark: str, following: str, language: str, cues: frozenset[str]) -> bool:
    """Return whether a mark parts a label from a clause."""
    goes_on = mark.strip() == ":" and language != "tr"  # with a small letter, too
    return _may_part(label[0], mark, following, language) and (goes_on or _opens(following, language, cues))


def _may_part(first: WordToken, mark: str, following: str, language: str) -> bool:
    """Return whether a mark parts a label from a clause, and no speaker: Vali: “…” dedi; Vali - CHP’li - …."""
    if mark.strip() == ":":
        return following.lstrip()[:1] not in "«“„\"'‘"
    if mark.isspace() or mark.strip() in "-–—":
        return mark not in following
    word = _first(following)
    return not _is_determined(first, language) or (word is not None and _is_determined(word, language))


def _opens(text: str, language: str, cues: frozenset[str]) -> bool:
    """Return whether a clause may begin here: with a capital or an article, and with no verb that lacks its subject."""
    word = _first(text)
    if word is None:
        return False
    if word.form in cues:
        following = tokens(text[word.end : NEAR])[:1]
        return language == "ar" and not any(each.form in LANGUAGES["ar"].speech.that for each in following)
    grammar = LANGUAGES[language]
    if word.form in grammar.speech.auxiliaries | grammar.clauses.finite:
        return False
    return not text[word.start].islower() or _is_determined(word, language)


def _first(text: str) -> WordToken | None:
    return next(iter(tokens(text[:NEAR])), None)


def _is_determined(word: WordToken, language: str) -> bool:
    grammar = LANGUAGES[language].clauses
    return word.digits or word.form in grammar.determiners | grammar.pronouns or word.form in NUMERALS[language]
