"""Letters that look like others: mixed scripts, homoglyphs, mathematical letters, heaped marks (Unicode UTS 39)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from confusable_homoglyphs.confusables import confusables_data
from fontTools.unicodedata import script

# Scripts whose letters look like Latin ones, or like one another. A word of two of these is no word of any language.
ALIKE = {"Latn", "Cyrl", "Grek", "Armn", "Cher", "Copt", "Lisu", "Glag", "Olck", "Tfng"}
# Letters of ours that the tables of Unicode give another look than the fonts of screens do.
AS_DRAWN = {"ӏ": "l", "ı": "i", "σ": "o", "б": "6"}
# Letters in another style: their plain form is their decomposition. Fullwidth letters are everyday text in East Asia.
STYLED = re.compile(
    "[\u2102\u210a-\u2115\u2118-\u211d\u2124\u2128\u212c-\u2131\u2133-\u2138\u2145-\u2149\u249c-\u24e9"
    "\U0001d400-\U0001d7ff\U0001ee00-\U0001eeff\U0001f110-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]+"
)
FEWEST = 3  # letters of a word in one script that looks like another word
MOST_MARKS = 4  # nonspacing marks on one letter (UTS 39, section 5.4)
MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
HEAPED = re.compile(rf"[{MARKS}]{{{MOST_MARKS + 1},}}|([{MARKS}])\1")
# Letters of the scripts above beside letters of another of them: only a word with such a pair is looked at.
LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
GREEK, CYRILLIC = "\u0370-\u03ff\u1f00-\u1fff", "\u0400-\u052f"
OTHERS = f"{GREEK}{CYRILLIC}\u0531-\u0587\u13a0-\u13ff\u2c80-\u2cff\uab70-\uabbf"
PAIR = re.compile(rf"[{LATIN}]\d?[{OTHERS}]|[{OTHERS}]\d?[{LATIN}]|[{GREEK}][{CYRILLIC}]|[{CYRILLIC}][{GREEK}]")
WORD = re.compile(r"\w+")
HOST_IN_TEXT = re.compile(r"\w[\w-]{0,62}(?:\.[\w-]{1,63}){1,5}")
# Characters without a look of their own: joiners, selectors, fillers, tags, private use, enclosing marks.
UNSEEN = re.compile(
    "[\u0488\u0489\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u20dd-\u20e4\u3164\uffa0\ufe00-\ufe0f\ufff0-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
# What the words of a row may have to be found by another form, for the database: it is no complete test.
MAYBE_DISGUISED = f"[{OTHERS}{UNSEEN.pattern.strip('[]+')}]|xn--"
PUNYCODE = re.compile(r"\bxn--[a-z0-9-]{1,59}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Disguise:
    """A part of a text that is not what it looks like: which kind, the part as written, and its plain form."""

    kind: str
    written: str
    plain: str


MIXED, STYLE, HEAP, HOST = "mixed", "style", "heap", "host"


def disguises(text: str) -> list[Disguise]:
    """Return what in a text is not what it looks like, each once, in its order."""
    if text.isascii():
        labels = map(_of_label, PUNYCODE.findall(text))
        return list(dict.fromkeys(disguise for disguise in labels if disguise))
    found = [(at.start(), Disguise(STYLE, at.group(), plain(at.group()))) for at in STYLED.finditer(text)]
    found += [(at.start(), Disguise(HEAP, at.group(), "")) for at in HEAPED.finditer(text)]
    if PAIR.search(text):
        words = (at for at in WORD.finditer(text) if PAIR.search(at.group()))
        found += [(at.start(), mixed) for at in words if (mixed := _of_word(at.group()))]
    for at in HOST_IN_TEXT.finditer(text) if "." in text else ():
        found += [(at.start(), host) for host in host_disguises(at.group()) if not is_mixed(host.written)]
    return list(dict.fromkeys(disguise for _start, disguise in sorted(found, key=lambda pair: pair[0])))


def host_disguises(host: str) -> list[Disguise]:
    """Return the labels of a host name, as Unicode or as xn--, that look like a name in other letters.

    Under a top-level domain in letters of its own, such as .рф, a label in the same letters is what it says.
    """
    labels = host.split(".")
    found = [disguise for label in labels if (disguise := _of_label(label))]
    return found if _unicode(labels[-1]).isascii() else [each for each in found if is_mixed(each.written)]


def plain(text: str) -> str:
    """Return a text with each letter that looks like a Latin one in its place, styles and heaps of marks left out."""
    return HEAPED.sub("", unicodedata.normalize("NFKC", text)).translate(_table())


def is_mixed(word: str) -> bool:
    """Say whether a word has letters of two scripts that look alike (UTS 39: less than moderately restrictive)."""
    return len({found for letter in word if (found := _script(letter)) in ALIKE}) > 1


def plain_word(word: str) -> str:
    """Return the Latin word that a word in lower case looks like; empty where it is what it says.

    A word counts that mixes scripts, or of which every letter looks like a Latin one: then of three letters or more,
    as the short words of a language do so by chance.
    """
    if word.isascii():
        return ""
    mixed = is_mixed(word)
    looks = word.translate(_table_of_small_letters() if mixed else _table())
    return looks if looks.isascii() and (mixed or (len(word) >= FEWEST and not _is_latin(word))) else ""


def decoded(text: str) -> str:
    """Return a text with the letters of each host name that is written as xn-- beside it."""
    return PUNYCODE.sub(lambda label: f"{label.group()} {_unicode(label.group())}", text)


def _of_word(word: str) -> Disguise | None:
    """Return what a word of several scripts disguises; nothing where no letter looks like another, as in “kΩ”."""
    looks = plain(word)
    return Disguise(MIXED, word, looks) if is_mixed(word) and looks != word else None


def _of_label(label: str) -> Disguise | None:
    """Return what the label of a host disguises: letters of several scripts, or none that is not like a Latin one."""
    written = _unicode(label)
    folded = unicodedata.normalize("NFKC", written).casefold()
    looks = folded.translate(_table())
    if written.isascii() or looks == folded:
        return None
    return Disguise(HOST, written, looks) if is_mixed(folded) or looks.isascii() else None


def _unicode(label: str) -> str:
    if not PUNYCODE.fullmatch(label):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def _is_latin(word: str) -> bool:
    return all(_script(letter) in {"Latn", "Zyyy", "Zinh"} for letter in word)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return str(script(letter))


@cache
def _table_of_small_letters() -> dict[int, str]:
    """Return what small letters look like; those that look like none, as their capitals do: searches ignore case."""
    capitals = {ord(chr(code).lower()): like.lower() for code, like in _table().items() if len(chr(code).lower()) == 1}
    return capitals | {code: like for code, like in _table().items() if chr(code).islower()}


@cache
def _table() -> dict[int, str]:
    """Return for each letter of a script that looks like Latin the ASCII letter that it looks like."""
    found = {}
    for letter, likes in confusables_data.items():
        if len(letter) > 1 or letter.isascii() or _script(letter) not in ALIKE or unicodedata.combining(letter):
            continue
        plainly = [like["c"] for like in likes if len(like["c"]) == 1 and like["c"].isascii() and like["c"].isalnum()]
        if plainly and _script(letter) != "Latn":
            found[ord(letter)] = plainly[0]
    return found | {ord(letter): like for letter, like in AS_DRAWN.items() if _script(letter) != "Latn"}
