"""Find the significant parts of a sentence: its numbers, names, negations, attributions and dates."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import normalize

from sources.language import numerals, relative_times
from sources.language.counters import is_counter
from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES, either, joined
from sources.language.languages.tables import Language

FLAGS = ("number", "name", "negation", "attribution", "date")


def _attribution_words(language: Language) -> str:
    """Return a regular expression for the words by which a language attributes.

    It leaves ambiguous verbs out: "launched" or "added" in a new version of a sentence rarely attributes anything.
    Derived words come first, so that another ending of the same verb ("ifade etti", "ifade ediyor") changes nothing.
    """
    derived = re.compile(language.speech.derived)
    verbs = (form for verb in language.speech.verbs if not verb.ambiguous for form in verb.active + verb.passive)
    others = dict.fromkeys(form for form in verbs if not derived.fullmatch(form))
    fixed = [re.escape(words) for words in (*map(fold, language.speech.according), *others)]
    conjunction = f"[{language.conjunctions}]?" if language.conjunctions else ""
    return rf"\b{conjunction}(?:{'|'.join((derived.pattern, *fixed))})\b"


# By language, for folded text. We read text in a language without tables with the patterns of all languages.
NEGATIONS = {code: re.compile(f"{language.negations}|{language.negatives}") for code, language in LANGUAGES.items()}
ATTRIBUTIONS = {code: re.compile(_attribution_words(language)) for code, language in LANGUAGES.items()}

# Of all languages: a page may quote any of them.
QUANTITY = joined(
    lambda language: (
        word
        for words in (language.numbers.vague, language.numbers.rounded, language.numbers.quantities)
        for word in words
        if " " not in word
    )
)
CALENDAR = joined(lambda language: language.calendar.months | language.calendar.weekdays | language.calendar.days)
DAY = CALENDAR - joined(lambda language: language.calendar.ambiguous)
STAMP_WORDS = CALENDAR | joined(lambda language: language.pages.stamp_words)
NUMBER_WORDS = joined(lambda language: [*language.numbers.values, *language.numbers.scales])
NO_NAMES = DAY | QUANTITY | NUMBER_WORDS | joined(lambda language: language.openers)
OPENING = re.compile(r"\W*([^\W\d_]+)\S*\s+(\S+)")  # the first word of a sentence, in letters, and the second

# The beginning of a line that only says when a page was changed (newsdiffs calls such a change boring).
STAMP = re.compile(rf"{either(lambda language: language.pages.stamp)}\b")
LONGEST_STAMP = 120
# A line without such a beginning is a stamp only if it has both of these; for folded text.
FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?([./-])\d\d?\1\d{4}|\d\d?\.? [^\W\d]+\.?,? \d{4}|[^\W\d]+\.? \d\d?,? \d{4})(?!\d)"
)
TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])(?::| ?h ?)[0-5]\d(?!\d)")

# What runs by itself beside an article: "5 minutes ago | 1,234 views". Each part of such a line says one thing.
PARTS = re.compile(r"\s*[·•|]\s*|\s+[–—/-]\s+")
MOST_NOW = 3  # words of a line that says "just now" in any language
MOST_LASTING = 6  # words that such a line may have besides: "By Ann Lee, 5 minutes ago"; a sentence has more
SENTENCE_END = re.compile(r"[.!?…؟。:][\"'”’»)]*$")

_CAPITAL = "A-ZÀ-ÖØ-ÞİŞĞ"
_DATE = r"(?:,? (?:\d\d?\.? [^\W\d]+|[^\W\d]+\.? \d\d?)(?:,? \d{4})?)?"
_AGENCY = either(lambda language: language.pages.agencies)
# PARIS, 12 mars (AFP) –. Only the agency tells a dateline from a speaker or a member (MACRON –, Dupont (PS) –).
DATELINE = re.compile(
    rf"^(?:[{_CAPITAL}][\w’'-]+(?: [{_CAPITAL}][\w’'-]+){{0,3}}|[\u0621-\u064a]+){_DATE} ?\({_AGENCY}\) ?[–—-]+ "
)

QUOTES = str.maketrans(
    {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′ʼ´`‹›", "'"), "−": "-", "؟": "?", "٪": "%", "\u00ad": None}
)
TOKEN = re.compile(rf"(?:(?<![\w-])-)?\d+(?:[.,:/٫٬\u00a0\u202f]\d+)*|\w[\w{numerals.MARKS}]*|[^\w\s]")
SIGNS = frozenset('"?%‰°$€£¥₺₽+=<>±×÷')
NUMERIC = re.compile(r"\d")
ENDS_BEFORE_CAPITAL = re.compile(r"(?:^|[.!?…:]\s|[\"“„«]\s?|\n)$")


@dataclass(frozen=True)
class Marks:
    """The significant parts of a sentence. Numbers are pairs of value and written form, in the order of the text."""

    numbers: tuple[tuple[str, str], ...]
    digits: Counter[str]
    names: Counter[str]
    negations: Counter[str]
    attributions: Counter[str]
    dates: Counter[str]


@dataclass(frozen=True)
class Difference:
    """The significant differences between two sentences. ``numbers`` are pairs as written, before and after."""

    flags: frozenset[str]
    numbers: tuple[tuple[str, str], ...] = ()


def marks(sentence: str, language: str) -> Marks:
    """Return the significant parts of a sentence."""
    folded = fold(sentence)
    words = numerals.tokens(sentence)
    dates = Counter(fold(found[0]) for found in numerals.DATE.finditer(sentence))
    dates += Counter(word.form for word in words if word.form in DAY)
    outside = numerals.DATE.sub(" ", folded)
    return Marks(
        numbers=tuple(_numbers(sentence, words, language)),
        digits=Counter(re.findall(r"-?\d[\d.,]*", outside)),
        names=_names(sentence),
        negations=_found(NEGATIONS, folded, language),
        attributions=_found(ATTRIBUTIONS, folded, language) + Counter(sentence.translate(QUOTES).count('"') * ['"']),
        dates=dates,
    )


def flags_of(sentence: str, language: str) -> frozenset[str]:
    """Return the kinds of significant parts in a sentence that was added or removed."""
    found = marks(sentence, language)
    held = {
        "number": found.numbers or found.digits,
        "name": found.names,
        "negation": found.negations,
        "attribution": found.attributions,
        "date": found.dates,
    }
    return frozenset(flag for flag in FLAGS if held[flag])


def difference(before: str, after: str, language: str) -> Difference:
    """Return the significant differences between a sentence and its new version."""
    old, new = marks(before, language), marks(after, language)
    values = [value for value, _written in old.numbers], [value for value, _written in new.numbers]
    differs = {
        "number": Counter(values[0]) != Counter(values[1]) or old.digits != new.digits,
        "name": old.names != new.names or _opens_with_another(before, after),
        "negation": old.negations != new.negations,
        "attribution": old.attributions != new.attributions,
        "date": old.dates != new.dates,
    }
    return Difference(frozenset(flag for flag in FLAGS if differs[flag]), _changed_numbers(old, new))


def is_typesetting(before: str, after: str) -> bool:
    """Return whether two sentences differ only in white space, in punctuation, or in a dateline that one has.

    So do two lines that differ only in how long ago something was, or in what a counter says. Two different datelines
    mean another place, date or agency, which is more than typesetting.
    """
    if bare(before) == bare(after) or bare(undated(before)) == bare(after) or bare(before) == bare(undated(after)):
        return True
    lasting = _lasting(before)
    return lasting is not None and len(lasting) <= MOST_LASTING and lasting == _lasting(after)


def bare(sentence: str) -> tuple[str, ...]:
    """Return a sentence without typesetting: its words, numbers, quotation marks, question marks and other signs.

    Nothing is left of a line that only says when the page was changed.
    """
    if is_stamp(sentence):
        return ()
    text = normalize("NFC", sentence).translate(QUOTES)
    return tuple(found for found in TOKEN.findall(text) if found[0].isalnum() or found[-1].isalnum() or found in SIGNS)


def undated(sentence: str) -> str:
    """Return a sentence without its dateline."""
    return DATELINE.sub("", sentence, count=1)


def is_stamp(line: str) -> bool:
    """Return whether a line only says when its page was published or changed: with such words, or to the minute.

    So does one that says how long ago that was, or has a counter. A number or a day alone is not enough: it may be a
    row of a table, or the answer to a question.
    """
    lasting = _lasting(line)
    if lasting is not None:
        beside = STAMP.sub("", " ".join(lasting), count=1).split()
        return STAMP_WORDS.issuperset(beside)
    folded = fold(line)
    if len(folded) > LONGEST_STAMP:
        return False
    if relative_times.day_and_time().fullmatch(folded.strip()):
        return True
    stamp = STAMP.match(folded)
    rest = folded[stamp.end() if stamp else 0 :]
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", rest)
    if not NUMERIC.search(rest) or not STAMP_WORDS.issuperset(words):
        return False
    if stamp:
        return bool(words or numerals.DATE.search(rest))
    return bool(FULL_DATE.search(rest) and TIME.search(FULL_DATE.sub(" ", rest)))


def runs_on(one: str, other: str) -> bool:
    """Return whether of two lines at one place one says how long ago something was, and the other may: "Just now".

    That is a few words, without a number, that are no sentence.
    """
    words = [re.findall(r"\w+", line) for line in (one, other)]
    short = [len(found) <= MOST_NOW and not NUMERIC.search(" ".join(found)) for found in words]
    sentence = any(SENTENCE_END.search(line.strip()) for line in (one, other))
    return not sentence and ((is_stamp(one) and short[1]) or (is_stamp(other) and short[0]))


def _lasting(line: str) -> tuple[str, ...] | None:
    """Return the words of a line beside its relative times and counters; None for a sentence, or a line without."""
    if len(line) > LONGEST_STAMP:
        return None
    if relative_times.abbreviated().fullmatch(fold(line).strip()):
        return ()
    parts = PARTS.split(line)
    folded = [fold(part) for part in parts if not is_counter(part)]
    left = [relative_times.pattern().sub(" ", part) for part in folded]
    rest = " ".join(left).strip()
    if not line.rstrip().endswith(":"):
        rest = rest.rstrip(": ")  # before a time that is gone
    if (left == folded and len(folded) == len(parts)) or SENTENCE_END.search(rest):
        return None
    return tuple(re.findall(r"\w+", " ".join(left)))


def _numbers(sentence: str, words: list[numerals.WordToken], language: str) -> list[tuple[str, str]]:
    """Return every number of a sentence as value and written form, in digits or in words, exact or vague."""
    known, found, at = language if language in numerals.SCALES else "en", [], 0
    while at < len(words):
        read = numerals.number(words, at, known)
        if read is None:
            if words[at].form in QUANTITY or words[at].form in numerals.SCALES[known]:  # thousands; a thousand
                found.append((words[at].form, sentence[words[at].start : words[at].end]))
            at += 1
            continue
        value, after = read
        found.append((str(value.normalize()), sentence[words[at].start : words[after - 1].end]))
        at = after
    return found


def _changed_numbers(old: Marks, new: Marks) -> tuple[tuple[str, str], ...]:
    """Return the numbers that replaced others as pairs, as written; "" stands for a missing one."""
    before, after = [value for value, _ in old.numbers], [value for value, _ in new.numbers]
    pairs: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone = [written for _value, written in old.numbers[i1:i2]]
            come = [written for _value, written in new.numbers[j1:j2]]
            longest = max(len(gone), len(come))
            pairs += zip(gone + [""] * (longest - len(gone)), come + [""] * (longest - len(come)), strict=True)
    return tuple(pairs)


def _names(sentence: str) -> Counter[str]:
    """Return the words with a capital, except those that have it because they start a sentence.

    Scripts without capitals have none. There the page shows a changed name as a changed word.
    """
    found: Counter[str] = Counter()
    for word in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence):
        capital = word[0][0].isupper()
        if capital and (word[0][1:].isupper() or not ENDS_BEFORE_CAPITAL.search(sentence[: word.start()])):
            found[fold(word[0])] += 1
    return found


def _opens_with_another(before: str, after: str) -> bool:
    """Return whether two sentences start with different words that may be names, and share the second word."""
    old, new = OPENING.match(before), OPENING.match(after)
    if not old or not new or old[2] != new[2] or not (old[1][0].isupper() and new[1][0].isupper()):
        return False
    openers = {fold(old[1]), fold(new[1])}
    return len(openers) == 2 and openers.isdisjoint(NO_NAMES)


def _found(patterns: dict[str, re.Pattern[str]], folded: str, language: str) -> Counter[str]:
    chosen = [patterns[language]] if language in patterns else list(patterns.values())
    return Counter(found[0] for pattern in chosen for found in pattern.finditer(folded))
