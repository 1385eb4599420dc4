"""Read numbers, in digits and in number words, in the languages that have word tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES

# Scales written together with digits: 2.5m, $3bn, 10k.
ABBREVIATED = r"(?i:(?:bn|tn|trn|mn|mlr|mds?|mrd|mio|[mkb])(?![^\W\d_]|\d))"
SPACES = "\u00a0\u202f\u2009 "
# Digits joined to letters are names (F16, Covid-19), to slashes or colons dates and times. Arabic letters may precede.
NUMBER = (
    rf"(?<![^\W\u0600-\u06ff])(?<![\d.,/:])(?<![^\W\d]-)"
    rf"(?:\d{{1,3}}+(?:[{SPACES}]\d{{3}}(?!\d))++(?:[.,٫]\d++)?|\d++(?:[.,٫٬]\d++)*+)"
    rf"(?:(?={ABBREVIATED})|(?![^\W\u0600-\u06ff]|[/:]\d))"
)
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # accents and Arabic vowel signs, which \w does not match
WORD = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*+"
TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<word>{WORD})")
DATE = re.compile(r"(?<!\d)(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[:h]\d{2})(?!\d)")
MOST_DIGITS = 15  # a longer one is a telephone or account number


def _phrases(phrases: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in phrases]


# The tables by language.
NUMERALS = {code: language.numbers.values for code, language in LANGUAGES.items()}
SCALES = {code: language.numbers.scales for code, language in LANGUAGES.items()}
AND = {code: language.numbers.joining for code, language in LANGUAGES.items()}
GLUED = {code: language.conjunctions for code, language in LANGUAGES.items()}
GROUPS = {code: language.numbers.thousands for code, language in LANGUAGES.items()}
HALVES = {code: _phrases(language.numbers.halves) for code, language in LANGUAGES.items()}
HALF_OF = {code: _phrases(language.numbers.half_of) for code, language in LANGUAGES.items()}
ABBREVIATIONS = {code: language.numbers.abbreviations for code, language in LANGUAGES.items()}
MEASURES = {code: language.numbers.measures for code, language in LANGUAGES.items()}
STOP_WORDS = {code: language.stop_words for code, language in LANGUAGES.items()}
MEASURED = {code: language.numbers.measured for code, language in LANGUAGES.items()}
COUNTED = {
    code: re.compile(language.numbers.counted) for code, language in LANGUAGES.items() if language.numbers.counted
}
ENDINGS = {
    code: re.compile(rf"({'|'.join(language.numbers.scales)}){language.numbers.endings}")
    for code, language in LANGUAGES.items()
    if language.numbers.endings
}
CONTINUED = {"fr", "tr"}  # they write "12 bin 500", "3 millions 200 000"
CAPITALS = {"M", "K", "B"}
BEFORE_PRICE = re.compile(r"[$€£¥₺₹]\s?[\d.,\u00a0\u202f\u2009 ]{1,20}\Z")
CURRENCIES = frozenset("$€£¥₺₹")
ARTICLES = {"a", "an", "the"}
RANGING = {"to", "and", "or"}  # "between 2m and 3m people"
LENGTHS = {"m", "k"}  # also meters and kilometers
ONE_OF = {"a", "an"}
EITHER = ",."  # may group thousands in a language without tables


class WordToken(NamedTuple):
    """A word or a number in digits: its place in the text and its folded form."""

    start: int
    end: int
    form: str
    digits: bool


def tokens(text: str) -> list[WordToken]:
    """Return the words and numbers of a text in order, without those that are parts of dates and times."""
    undated = DATE.sub(lambda date: " " * len(date[0]), text)
    return [
        WordToken(match.start(), match.end(), _form(undated, match), match["number"] is not None)
        for match in TOKEN.finditer(undated)
    ]


def _form(text: str, match: re.Match[str]) -> str:
    """Return a word folded, but for one capital after digits: "2,5 M€" is millions, "2,5 m" is meters.

    A small letter counts as a capital beside the sign of a currency: "$2.5m", "5 k€".
    """
    capital = match[0].upper()
    if capital not in CAPITALS or not text[max(0, match.start() - 2) : match.start()].strip()[-1:].isdigit():
        return fold(match[0])
    is_price = text[match.end() : match.end() + 1] in CURRENCIES or BEFORE_PRICE.search(
        text, max(0, match.start() - 24), match.start()
    )
    return capital if is_price or match[0] == capital else fold(match[0])


def number(words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, int] | None:
    """Return the number that starts at a token and the place of the next token, or None.

    It reads "two hundred", "3,5 milyon" and "ثمانية آلاف", but not one alone: "une" and "bir" are mostly articles.
    """
    if half := _leading_half(words, at, language):
        return half
    if words[at].digits:
        value = None if _may_be_length(words, at + 1, language) else digits(words[at].form, language)
        return None if value is None else _continued(*_scaled(value, words, at + 1, language), words, at, language)
    total, after = _spelled(words, at, language)
    last = scale_of(words, at - (after == at + 1), after, language)
    value, end = _scaled(Decimal(total), words, after, language, last) if after > at else (Decimal(0), at)
    if end == at or value == 1 or (end == at + 1 and words[at].form in SCALES[language]):
        return None
    return value, end


def _continued(value: Decimal, after: int, words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, int]:
    """Return digits with the smaller ones that follow their scale word: 12 bin 500."""
    last = scale_of(words, at, after, language)
    if last == 1 or after >= len(words) or not words[after].digits or words[after].start - words[after - 1].end > 1:
        return value, after
    rest = digits(words[after].form, language)
    if rest is None or rest >= last or language not in CONTINUED:
        return value, after
    more, end = _scaled(rest, words, after + 1, language)
    return (value + more, end) if more < last else (value, after)


def scale_of(words: Sequence[WordToken], at: int, after: int, language: str) -> int:
    """Return what the scale words at the end of a number multiply the words before them by."""
    product = 1
    while after - 1 > at and (scale := _scale(words, after - 1, language)[0]) >= 1000:
        product, after = product * scale, after - 1
    return product


def _leading_half(words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, int] | None:
    """Return half of a scale word: half a million, yarım milyon, نصف مليون."""
    for phrase in HALF_OF.get(language, ()):
        after = at + len(phrase)
        if _forms(words, at, after) == phrase and after < len(words):
            scale, _ends = _scale(words, after, language)
            if scale >= 1000:
                return Decimal(scale) / 2, after + 1
    return None


def _forms(words: Sequence[WordToken], at: int, after: int) -> tuple[str, ...]:
    return tuple(word.form for word in words[at:after])


def _scale(words: Sequence[WordToken], at: int, language: str) -> tuple[int, bool]:
    """Return what a word multiplies the number before it by, or 0, and whether an ending shows that nothing follows.

    Turkish adds endings to it (30 bine yakın); after digits it may be an abbreviation (2.5m).
    """
    form = words[at].form
    scales = SCALES.get(language, {})
    if form in scales:
        return scales[form], False
    if at and words[at - 1].digits and form in ABBREVIATIONS.get(language, {}):
        together = words[at].start == words[at - 1].end or form.isupper() or len(form) > 1
        following = words[at + 1].form if at + 1 < len(words) else ""
        if together and following not in MEASURES.get(language, ()):
            return ABBREVIATIONS[language][form], False
    if language in ENDINGS and (found := ENDINGS[language].fullmatch(form)):
        return scales[found[1]], True
    return 0, False


def _may_be_length(words: Sequence[WordToken], at: int, language: str) -> bool:
    """Return whether a letter after digits may stand for meters or kilometers as well as for a scale.

    "3m people" and "25k votes" are numbers, "2.5m high" is meters: the word after it tells. In "a 3m wave", "1.5m of
    snow" and "a 5k race" nothing does, and we read no number.
    """
    if language not in COUNTED or at >= len(words) or words[at].form not in LENGTHS:
        return False
    following = _forms(words, at + 1, at + 4)
    if at > 3 and words[at - 2].form in RANGING and words[at - 3].form == words[at].form.upper():
        return False  # $2m to 3m
    if words[at].start > words[at - 1].end or (words[at].form == "m" and set(following[:1]) & MEASURES[language]):
        return False  # "3 m" is meters
    if following[2:] == (words[at].form,) and following[0] in RANGING and words[at + 2].digits:
        return _may_be_length(words, at + 3, language)
    if following and following[0].removesuffix("s") in MEASURED[language]:
        return True
    if _is_counted(words, at + 1, language):
        return False
    return words[at].form == "m" or (at > 1 and words[at - 2].form in ARTICLES)


def _is_counted(words: Sequence[WordToken], at: int, language: str) -> bool:
    """Return whether a noun that is counted follows, also after a name: "2.5m Syrian refugees"."""
    following = _forms(words, at, at + 2)
    if STOP_WORDS[language].intersection(following[:1]):
        return False
    nouns = (form for form in following if form not in STOP_WORDS[language])
    return any(COUNTED[language].fullmatch(form) for form in nouns)


def digits(written: str, language: str) -> Decimal | None:
    """Return the value of folded digits. Whether dot or comma groups thousands depends on the language."""
    bare = re.sub(f"[{SPACES}]", "", written)
    parts = re.split("[.,]", bare)
    separators = re.findall("[.,]", bare)
    if sum(map(len, parts)) > MOST_DIGITS:
        return None
    if len(set(separators)) == 1 < len(separators) and not all(len(part) == 3 for part in parts[1:]):
        return None  # 192.168.1.2, 3.11.7
    grouped = all(len(part) == 3 for part in parts[1:])
    group = GROUPS.get(language, EITHER)
    if separators and not (grouped and (separators[0] in group or len(parts) > 2)):
        return Decimal("".join(parts[:-1]) + "." + parts[-1])
    return Decimal("".join(parts))


def _scaled(
    value: Decimal, words: Sequence[WordToken], after: int, language: str, last: int = 1
) -> tuple[Decimal, int]:
    """Return a number multiplied by the scale words after it, and the place after them.

    It reads 10 mille, 3,5 milyon, 600 ألف, üç buçuk milyon, deux millions et demi, مليون ونصف مليون. ``last`` is the
    scale word that the number ends with.
    """
    while after < len(words) and words[after].start - words[after - 1].end <= 1:
        half = _half(words, after, language)
        if half and last > 1:
            again = half < len(words) and _repeats(words[half].form, last, language)
            return value + Decimal(last) / 2, half + int(again)
        if half:
            value, after = value + Decimal("0.5"), half
            continue
        scale, ends = _scale(words, after, language)
        if not scale:
            break
        value, last, after = value * scale, scale, after + 1
        if ends:
            break
    return value, after


def _repeats(form: str, scale: int, language: str) -> bool:
    """Return whether a word names a scale again, with an article or not: مليون ونصف المليون."""
    scales = SCALES.get(language, {})
    return scale in {scales.get(form), scales.get(form.removeprefix("ال"))}


def _half(words: Sequence[WordToken], after: int, language: str) -> int:
    """Return the place after "and a half", or 0."""
    for phrase in HALVES.get(language, ()):
        if _forms(words, after, after + len(phrase)) == phrase:
            return after + len(phrase)
    return 0


def _spelled(words: Sequence[WordToken], at: int, language: str) -> tuple[int, int]:
    """Return the value of the number words from a token on and the place after them, which is ``at`` without any."""
    sums: tuple[int, int] | None = (0, 0)  # a finished part, and a part that a scale word may still multiply
    total, after = 0, at
    whole = (0, at)  # as far as no part is open
    if words[at].form in ONE_OF and at + 1 < len(words) and SCALES.get(language, {}).get(words[at + 1].form, 0) >= 100:
        sums, after = (0, 1), at + 1  # a million
    while after < len(words) and sums:
        joined = after > at and words[after].form in AND.get(language, ())
        place = after + 1 if joined else after
        if place >= len(words) or (place > at and words[place].start - words[place - 1].end > 1):
            break
        if _half(words, after, language):
            break
        scale = SCALES.get(language, {}).get(words[place].form, 0)
        if sums[0] and sums[1] and scale >= 1000 and scale * sums[1] > sums[0]:
            return whole if whole[1] > at else (total, after)  # between two millions and three millions
        sums = _add(sums, _first(words[at].form, language) if place == at else words[place].form, language)
        if sums:
            total, after = sum(sums), place + 1
            whole = (total, after) if not sums[1] else whole
    return total, after


def _first(form: str, language: str) -> str:
    """Return the first word of a number without the "and" that Arabic writes together with it."""
    values = NUMERALS.get(language, {})
    return form[1:] if form not in values and form[:1] in GLUED.get(language, "") and form[1:] in values else form


def _add(sums: tuple[int, int], form: str, language: str) -> tuple[int, int] | None:
    """Return the sums with one more number word, or None if the word does not continue the number."""
    settled, open_ = sums
    if settled + open_ and form[:1] in GLUED.get(language, ""):
        form = form[1:]  # Arabic writes "and" together with the word
    value = NUMERALS.get(language, {}).get(form)
    if value is not None and value >= 1000:
        return None if open_ or (settled and value > settled) else (settled + value, 0)
    if value is not None:
        if (open_ % 100, value) == (4, 20):
            value = 76  # quatre-vingts: four twenties
        return (settled, open_ + value) if _fits(open_, value, language) else None
    scale = SCALES.get(language, {}).get(form, 0)
    if scale == 100 and open_ < 10:
        return settled, 100 * (open_ or 1)
    if scale > 100 and (open_ or not settled):
        return settled + scale * (open_ or 1), 0
    return None


def _fits(current: int, value: int, language: str) -> bool:
    """Return whether a number word may come next: twenty-one, soixante-douze, quatre-vingts, خمسة وعشرون."""
    rest = current % 100
    if rest == 0:
        return True
    if value < 10:
        return rest >= 10 and rest % 10 == 0
    if language == "ar":
        return rest < 10
    return language == "fr" and ((rest, value) == (4, 76) or (rest in {60, 80} and value < 20))
