"""Find the quantities in a sentence: value or range, how exact it claims to be, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.wording.queries import STOPWORDS
from sources.language.numerals import Token, number, tokens

EXTRACTOR = "figures@1"

LONGEST_PHRASE = 5  # tokens of a qualifier, and how far after its number one may stand
UNIT_WORDS = 2
FIRST_YEAR, LAST_YEAR = 1800, 2100

# Folded; the longest that fits wins, so that "no more than" is not "more than".
BEFORE: dict[str, str] = {
    "at_least": "at least|no fewer than|not less than|no less than|a minimum of|au moins|au minimum|pas moins de|"
    "un minimum de|en az|asgari|ما لا يقل عن|لا يقل عن|علي الاقل|بما لا يقل عن",
    "more_than": "more than|over|above|upwards of|in excess of|plus de|plus d|au dela de|superieur a|اكثر من|"
    "ما يزيد علي|ما يزيد عن|يزيد علي|يزيد عن|لاكثر من|باكثر من",
    "about": "about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|environ|autour de|"
    "quelque|pres de|presque|a peu pres|approximativement|aux alentours de|yaklasik|asagi yukari|takriben|neredeyse|"
    "حوالي|نحو|قرابه|ما يقارب|زهاء|يقارب|ما يناهز|يناهز|بنحو|بحوالي",
    "up_to": "up to|as many as|at most|no more than|a maximum of|less than|fewer than|under|jusqu a|au plus|au maximum|"
    "moins de|moins d|pas plus de|en fazla|en cok|azami|ما يصل الي|يصل الي|لا يزيد عن|لا يزيد علي|لا يتجاوز|اقل من",
}
AFTER: dict[str, str] = {
    "at_least": "at least|or more|au moins|ou plus|veya daha fazla|علي الاقل|او اكثر",
    "more_than": "den fazla|dan fazla|ten fazla|tan fazla|i askin|u askin|yi askin|yu askin|askin",
    "about": "or so|environ|civarinda|kadar|تقريبا",
    "up_to": "at most|au plus|den az|dan az|ten az|tan az|كحد اقصي",
}
# Words that stand for a number nobody counted: the least and the most it can mean.
VAGUE: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("dozens", "dizaines", "onlarca", "عشرات"), (20, 99)),
    **dict.fromkeys(("hundreds", "centaines", "yuzlerce", "ميات", "مءات"), (200, 999)),
    **dict.fromkeys(("thousands", "milliers", "binlerce", "الاف"), (2_000, 9_999)),
    **dict.fromkeys(("tens of thousands", "dizaines de milliers", "عشرات الالاف"), (20_000, 99_999)),
    "on binlerce": (20_000, 99_999),
    **dict.fromkeys(("hundreds of thousands", "centaines de milliers", "ميات الالاف"), (200_000, 999_999)),
    "yuz binlerce": (200_000, 999_999),
}
ROUND = {"dizaine": 10, "douzaine": 12, "dozen": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
         "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
         "duzine": 12}  # fmt: skip
MONTH_NAMES = (
    "january february march april may june july august september october november december "
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik "
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر"
)
MONTHS = frozenset(MONTH_NAMES.split())
YEARS_FOLLOW = "in en since depuis of de by until from des year annee annees عام سنه منذ"
BEFORE_YEAR = MONTHS | frozenset(YEARS_FOLLOW.split())
BETWEEN = re.compile(r"\s?[-–]\s?|\s(?:to|and|à|et|ile|ilâ|إلى|و)\s?\Z")
OPENING = frozenset({"between", "entre", "from", "de", "بين", "من"})
SKIPPED = frozenset({"de", "d", "of", "des", "fazla", "az", "askin"})
APOSTROPHES = "'’"
CURRENCIES = frozenset("$€£¥₺")
JOINTS = "\u00a0\u202f '’-"
PERCENT = re.compile(r"[\u00a0\u202f ]?[%٪]")

Phrases = dict[tuple[str, ...], str]


@dataclass(frozen=True)
class Figure:
    """A quantity: ``text[start:end]`` is the number as written; an open end of its range is None.

    ``qualifier`` is exact, at_least, more_than, about, up_to or dozens (any number that nobody counted).
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit_words: str


def find(text: str, language: str) -> list[Figure]:
    """Return the quantities of a text in order; dates, years and ordinals are none."""
    words = tokens(text)
    found: list[tuple[Figure, int, int]] = []
    at = 0
    while at < len(words):
        figure = _vague(text, words, at) or _counted(text, words, at, language)
        if figure:
            found.append((figure[0], at, figure[1]))
        at = figure[1] if figure else at + 1
    return list(_ranges(text, words, found))


def _counted(text: str, words: Sequence[Token], at: int, language: str) -> tuple[Figure, int] | None:
    read = number(words, at, language)
    if read is None or _dates(text, words, at, read, language):
        return None
    value, after = read
    qualifier = _qualifier(text, words, at, after)
    low = None if qualifier == "up_to" else value
    high = None if qualifier in {"at_least", "more_than"} else value
    start, end = words[at].start, words[after - 1].end
    return Figure(start, end, low, high, qualifier, _unit(text, words, after, end)), after


def _vague(text: str, words: Sequence[Token], at: int) -> tuple[Figure, int] | None:
    """Return the figure of a word such as dozens, binlerce or une vingtaine that starts at a token."""
    for length in (3, 2, 1):
        phrase = " ".join(word.form for word in words[at : at + length])
        low, high = VAGUE.get(phrase, (0, 0))
        value = ROUND.get(phrase, 0)
        if low or value:
            after = min(at + length, len(words))
            start, end = words[at].start, words[after - 1].end
            unit = _unit(text, words, after, end)
            qualifier = "dozens" if low else "about"
            return Figure(start, end, Decimal(low or value), Decimal(high or value), qualifier, unit), after
    return None


def _qualifier(text: str, words: Sequence[Token], at: int, after: int) -> str:
    """Return how exact a number claims to be, from the phrase that ends before it or follows in its clause."""
    before = [word.form for word in words[max(0, at - LONGEST_PHRASE) : at]]
    for length in range(len(before), 0, -1):
        if found := QUALIFIERS_BEFORE.get(tuple(before[-length:])):
            return found
    behind = [word.form for word in _clause(text, words, after)]
    for start in range(min(3, len(behind))):
        for length in range(len(behind) - start, 0, -1):
            if found := QUALIFIERS_AFTER.get(tuple(behind[start : start + length])):
                return found
    return "exact"


def _clause(text: str, words: Sequence[Token], after: int) -> list[Token]:
    """Return the few words after a number up to the next mark or number, which has phrases of its own."""
    found: list[Token] = []
    end = words[after - 1].end
    for word in words[after : after + LONGEST_PHRASE]:
        if word.digits or text[end : word.start].strip(JOINTS):
            break
        found.append(word)
        end = word.end
    return found


def _dates(text: str, words: Sequence[Token], at: int, read: tuple[Decimal, int], language: str) -> bool:
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
    return previous in BEFORE_YEAR or following.startswith("yil") or not _unit(text, words, after, words[at].end)


def _unit(text: str, words: Sequence[Token], after: int, end: int) -> str:
    """Return the words right after a number that say what is counted, as written."""
    if percent := PERCENT.match(text, end):
        return percent[0].strip()
    found: list[str] = []
    for word in _clause(text, words, after):
        if word.form in SKIPPED or (word.start == end + 1 and text[end] in APOSTROPHES):
            continue  # a Turkish ending, or what stands between a number and its unit
        if word.form in STOPWORDS or len(found) == UNIT_WORDS:
            break
        found.append(text[word.start : word.end])
    return " ".join(found)


def _ranges(text: str, words: Sequence[Token], found: list[tuple[Figure, int, int]]) -> Iterator[Figure]:
    """Yield the figures, two that bound a range as one: 12-15, between 12 and 15, entre 12 et 15."""
    waiting: Figure | None = None
    opening = ""
    for figure, at, _after in found:
        if waiting and _bounds(text, opening, waiting, figure):
            waiting = replace(figure, start=waiting.start, low=waiting.low, qualifier=waiting.qualifier)
            continue
        if waiting:
            yield waiting
        waiting, opening = figure, words[at - 1].form if at else ""
    if waiting:
        yield waiting


def _bounds(text: str, opening: str, one: Figure, other: Figure) -> bool:
    gap = text[one.end : other.start]
    if one.low is None or other.high is None or one.low >= other.high or not BETWEEN.fullmatch(gap):
        return False
    return opening in OPENING or gap.strip() in {"-", "–", "to", "à", "ile", "ilâ"}


def _phrases(table: dict[str, str]) -> Phrases:
    return {tuple(phrase.split()): qualifier for qualifier, line in table.items() for phrase in line.split("|")}


QUALIFIERS_BEFORE = _phrases(BEFORE)
QUALIFIERS_AFTER = _phrases(AFTER)
