"""Find the quantities in a sentence: the value or range, how exact it claims to be, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sources.language.languages.registry import LANGUAGES, joined
from sources.language.languages.tables import NumberWords
from sources.language.languages.tables import words as words_
from sources.language.numerals import GLUED, NUMERALS, WordToken, number, scale_of, tokens

EXTRACTOR = "figures@3"

LONGEST_PHRASE = 5  # tokens of a qualifier, and its greatest distance after the number
UNIT_WORDS = 2
FIRST_YEAR, LAST_YEAR = 1800, 2100

Phrases = dict[tuple[str, ...], str]


def _phrases(pick: Callable[[NumberWords], Mapping[str, str]]) -> Phrases:
    """Return the words of every phrase in the tables of all languages, with the qualifier it gives."""
    return {
        tuple(phrase.split()): qualifier
        for language in LANGUAGES.values()
        for qualifier, line in pick(language.numbers).items()
        for phrase in line.split("|")
    }


# A text may quote any language, and the language of a claim may be wrong, so we read the tables of all languages. The
# longest phrase that fits counts: "no more than" is not "more than".
QUALIFIERS_BEFORE = _phrases(lambda numbers: numbers.before)
QUALIFIERS_AFTER = _phrases(lambda numbers: numbers.after)
VAGUE = {phrase: ends for language in LANGUAGES.values() for phrase, ends in language.numbers.vague.items()}
ROUNDED = {word: value for language in LANGUAGES.values() for word, value in language.numbers.rounded.items()}
MONTHS = joined(lambda language: language.calendar.months)
BEFORE_YEAR = MONTHS | joined(lambda language: language.calendar.before_year)
AFTER_YEAR = tuple(joined(lambda language: language.calendar.after_year))
SKIPPED = joined(lambda language: language.numbers.skipped)
OPENING = joined(lambda language: language.numbers.opening)
RANGING = joined(lambda language: language.numbers.ranging)
RANGING_IF_OPENED = joined(lambda language: language.numbers.ranging_if_opened)
BETWEEN = re.compile(rf"\s?[-–]\s?|\s(?:{'|'.join(sorted(RANGING | RANGING_IF_OPENED))})\s?\Z")
SUFFICIENT = RANGING | {"-", "–"}
STOP_WORDS = joined(lambda language: language.stop_words)
OUT_OF = {code: language.numbers.out_of for code, language in LANGUAGES.items() if language.numbers.out_of}
OUT_OF["ar"] = frozenset()
FRACTIONS = {code: language.numbers.fractions for code, language in LANGUAGES.items()}
TWOFOLD = {"ثلثا", "ثلثي"}  # the dual is two of them
PARTS = {"of", "de", "des", "du", "d"}  # after a fraction: of what
TIMES = words_(
    "hour hours day days week weeks month months year years heure heures an ans annee annees minute ساعه عام سنه finals"
)
ABLATIVE = re.compile(r"(?<=n)[dt][ae]n$|(?<=r)[dt][ae]n$|(?<=z)[dt][ae]n$")
DASHES = {"-", "–"}
THOUSANDS = re.compile(r"\d{1,3}[,.\u00a0\u202f ]000")
LOCATIVE = re.compile(r"(\w+?)[dt][ae]")
POSSESSED = re.compile(r"(\w+?)(?:s?[iu])(?:n[iuae]n?)?")
APOSTROPHES = "'’"
CURRENCIES = frozenset("$€£¥₺")
JOINTS = "\u00a0\u202f '’-"
PERCENT = re.compile(r"[\u00a0\u202f ]?[%٪]")


@dataclass(frozen=True)
class Quantity:
    """A quantity. ``text[start:end]`` is the number as written; an open end of its range is None.

    ``qualifier`` is exact, at_least, more_than, about, up_to or dozens (for any number that nobody counted).
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit_words: str


def find(text: str, language: str) -> list[Quantity]:
    """Return the quantities of a text in order, without dates, years and ordinals."""
    words = tokens(text)
    found: list[tuple[Quantity, int, int]] = []
    at = 0
    while at < len(words):
        figure = (
            _proportion(text, words, at, language) or _vague(text, words, at) or _counted(text, words, at, language)
        )
        if figure:
            found.append((figure[0], at, figure[1]))
        at = figure[1] if figure else at + 1
    return list(_ranges(text, words, found, language))


def _proportion(text: str, words: Sequence[WordToken], at: int, language: str) -> tuple[Quantity, int] | None:
    """Return the part of a whole that words tell: one in three, un sur trois, üçte biri, two thirds, ثلث."""
    read = _out_of(words, at, language) or _fraction(words, at, language)
    if read is None:
        return None
    part, whole, after = read
    if not 0 < part < whole:
        return None
    scale, after = _of_scale(words, after, language)
    value = (part * scale / whole).quantize(Decimal("0.000001"))
    qualifier = _qualifier(text, words, at, after)
    low = None if qualifier == "up_to" else value
    high = None if qualifier in {"at_least", "more_than"} else value
    end = words[after - 1].end
    return Quantity(words[at].start, end, low, high, qualifier, _unit(text, words, after, end)), after


def _of_scale(words: Sequence[WordToken], after: int, language: str) -> tuple[int, int]:
    """Return the scale word that a fraction is of, with the place after it: a quarter of a million."""
    place = after + 1 if after < len(words) and words[after].form in PARTS else after
    if place < len(words) and place > after:
        place += words[place].form in {"a", "an", "un"}
    scale = scale_of(words, place - 1, place + 1, language) if after < place < len(words) else 1
    return (scale, place + 1) if scale > 1 else (1, after)


def _one(words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, int] | None:
    """Return the number at a token, also if it is one."""
    if at >= len(words):
        return None
    value = NUMERALS.get(language, {}).get(words[at].form)
    return number(words, at, language) or (None if value is None else (Decimal(value), at + 1))


def _out_of(words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, Decimal, int] | None:
    """Return part and whole of "one in three", "9 out of 10", "une personne sur trois", "üçte ikisi"."""
    if language == "tr":
        return _turkish_part(words, at)
    part = _one(words, at, language)
    if part is None or language not in OUT_OF:
        return None
    value, after = part
    for joint in range(after, min(after + 2, len(words) - 1)):
        between = joint > after and language == "en"
        if between or not _joins(words, joint, language):
            continue
        place = joint + (2 if words[joint].form == "out" else 2 if words[joint + 1].form == "كل" else 1)
        whole = _one(words, place, language)
        small = whole is not None and not (words[place].digits and FIRST_YEAR <= whole[0] <= LAST_YEAR)
        if whole and small and (place + 1 >= len(words) or words[whole[1] - 1].form not in MONTHS):
            following = words[whole[1]].form if whole[1] < len(words) else ""
            return None if following in MONTHS or following in TIMES else (value, whole[0], whole[1])
    return None


def _joins(words: Sequence[WordToken], at: int, language: str) -> bool:
    form, following = words[at].form, words[at + 1].form
    if language == "ar":
        return form == "من" and following == "كل"
    return form in OUT_OF[language] or (language == "en" and form == "out" and following == "of")


def _turkish_part(words: Sequence[WordToken], at: int) -> tuple[Decimal, Decimal, int] | None:
    """Return part and whole of "üçte ikisi" and "üç kişiden biri"."""
    values = NUMERALS["tr"]
    if at + 1 < len(words) and (whole := LOCATIVE.fullmatch(words[at].form)):
        part = POSSESSED.fullmatch(words[at + 1].form)
        if part and whole[1] in values and part[1] in values:
            return Decimal(values[part[1]]), Decimal(values[whole[1]]), at + 2
    if at + 2 < len(words) and (number_ := _one(words, at, "tr")):
        after = number_[1]
        if after + 1 < len(words) and words[after].form.endswith(("den", "dan", "ten", "tan")):
            part = POSSESSED.fullmatch(words[after + 1].form)
            if part and part[1] in values:
                return Decimal(values[part[1]]), number_[0], after + 2
    return None


def _fraction(words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, Decimal, int] | None:
    """Return part and whole of "two thirds", "a quarter of", "la moitié", "ثلاثة أرباع"."""
    fractions = FRACTIONS.get(language, {})
    form = words[at].form
    after = at + 1
    following = words[after].form if after < len(words) else ""
    if form in fractions and number(words, at, language):
        return None  # half a million
    if following in fractions and (
        part := NUMERALS[language].get(form, int(words[at].digits and form.isdigit() and int(form)))
    ):
        beyond = {word.form for word in words[after + 1 : after + 3]}
        return None if beyond & TIMES else (Decimal(part), Decimal(fractions[following]), after + 1)
    if form in fractions and (following in PARTS or (language == "ar" and following not in TIMES)):
        beyond = {word.form for word in words[after + 1 : after + 3]}
        return None if beyond & TIMES else (Decimal(2 if form in TWOFOLD else 1), Decimal(fractions[form]), after)
    return None


def _counted(text: str, words: Sequence[WordToken], at: int, language: str) -> tuple[Quantity, int] | None:
    read = number(words, at, language)
    if read is None or _dates(text, words, at, read, language):
        return None
    value, after = read
    qualifier = _qualifier(text, words, at, after)
    low = None if qualifier == "up_to" else value
    high = None if qualifier in {"at_least", "more_than"} else value
    start, end = words[at].start, words[after - 1].end
    start += int(words[at].form[:1] in GLUED.get(language, "") and words[at].form not in NUMERALS.get(language, {}))
    return Quantity(start, end, low, high, qualifier, _unit(text, words, after, end)), after


def _vague(text: str, words: Sequence[WordToken], at: int) -> tuple[Quantity, int] | None:
    """Return the quantity that a word such as dozens, binlerce or vingtaine gives at a token."""
    for length in (3, 2, 1):
        phrase = " ".join(word.form for word in words[at : at + length])
        low, high = VAGUE.get(phrase, (0, 0))
        value = ROUNDED.get(phrase, 0)
        if low or value:
            after = min(at + length, len(words))
            start, end = words[at].start, words[after - 1].end
            unit = _unit(text, words, after, end)
            qualifier = "dozens" if low else "about"
            return Quantity(start, end, Decimal(low or value), Decimal(high or value), qualifier, unit), after
    return None


def _qualifier(text: str, words: Sequence[WordToken], at: int, after: int) -> str:
    """Return how exact a number claims to be, from the phrase before it or after it in its clause."""
    before = [word.form for word in words[max(0, at - LONGEST_PHRASE) : at]]
    for length in range(len(before), 0, -1):
        if found := QUALIFIERS_BEFORE.get(tuple(before[-length:])):
            return found
    behind = [word.form for word in _clause(text, words, after)]
    if ending := ABLATIVE.search(words[after - 1].form):  # "100 binden fazla", as "100'den fazla"
        behind.insert(0, ending[0])
    for start in range(min(3, len(behind))):
        for length in range(len(behind) - start, 0, -1):
            if found := QUALIFIERS_AFTER.get(tuple(behind[start : start + length])):
                return found
    return "exact"


def _clause(text: str, words: Sequence[WordToken], after: int) -> list[WordToken]:
    """Return the few words after a number, up to the next punctuation mark or number."""
    found: list[WordToken] = []
    end = words[after - 1].end
    for word in words[after : after + LONGEST_PHRASE]:
        if word.digits or text[end : word.start].strip(JOINTS):
            break
        found.append(word)
        end = word.end
    return found


def _dates(text: str, words: Sequence[WordToken], at: int, read: tuple[Decimal, int], language: str) -> bool:
    """Return whether a number is a day, a year or an ordinal rather than a quantity."""
    value, after = read
    previous = words[at - 1].form if at else ""
    following = words[after].form if after < len(words) else ""
    behind = text[words[after - 1].end : words[after - 1].end + 3]
    if following in MONTHS or (previous in MONTHS and value <= 31):
        return True
    if language == "tr" and words[at].digits and behind[:2] == ". " and behind[2:].isalpha() and value < 100:
        return True
    if text[: words[at].start].rstrip()[-1:] in CURRENCIES:
        return False
    if not (words[at].digits and words[at].form.isdigit() and FIRST_YEAR <= value <= LAST_YEAR and after == at + 1):
        return False
    return previous in BEFORE_YEAR or following.startswith(AFTER_YEAR) or not _unit(text, words, after, words[at].end)


def _unit(text: str, words: Sequence[WordToken], after: int, end: int) -> str:
    """Return the words right after a number that say what it counts, as written."""
    if percent := PERCENT.match(text, end):
        return percent[0].strip()
    found: list[str] = []
    for word in _clause(text, words, after):
        if word.form in SKIPPED or (word.start == end + 1 and text[end] in APOSTROPHES):
            continue  # a Turkish ending, or a word between a number and its unit
        if word.form in STOP_WORDS or len(found) == UNIT_WORDS:
            break
        found.append(text[word.start : word.end])
    return " ".join(found)


def _ranges(
    text: str, words: Sequence[WordToken], found: list[tuple[Quantity, int, int]], language: str
) -> Iterator[Quantity]:
    """Yield the quantities, and the two ends of a range as one: 12-15, between 12 and 15, entre 12 et 15.

    A scale word after the second end counts for both: 2 à 3 millions.
    """
    waiting: Quantity | None = None
    opening = ""
    for figure, at, after in found:
        scale = scale_of(words, at, after, language)
        if scale == 1 and waiting and text[waiting.end : figure.start].strip() in DASHES:
            scale = 1000 if THOUSANDS.fullmatch(text[figure.start : figure.end]) else 1  # 60-70,000
        if waiting and waiting.low and figure.high and waiting.low < figure.high / scale and scale > 1:
            scaled = replace(waiting, low=waiting.low * scale, high=waiting.high and waiting.high * scale)
            waiting = scaled if _bounds(text, opening, scaled, figure) else waiting
        if waiting and _bounds(text, opening, waiting, figure):
            waiting = replace(figure, start=waiting.start, low=waiting.low, qualifier=waiting.qualifier)
            continue
        if waiting:
            yield waiting
        waiting, opening = figure, words[at - 1].form if at else ""
    if waiting:
        yield waiting


def _bounds(text: str, opening: str, one: Quantity, other: Quantity) -> bool:
    gap = text[one.end : other.start]
    if one.low is None or other.high is None or one.low >= other.high or not BETWEEN.fullmatch(gap):
        return False
    return opening in OPENING or gap.strip() in SUFFICIENT
