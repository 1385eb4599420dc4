"""Decode the bytes of a page or feed: no single label decides its character set (charset, encoding), the bytes do."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import chardet
import webencodings

from sources.formats.charset_labels import LAST_RESORT, declared, usual
from sources.formats.mojibake import faults, is_twice_encoded

How = Literal["mark", "bytes", "label", "language", "detected"]

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
MOST_SEARCHED = 2_000_000  # bytes of a page or feed, for its text
MOST_SAMPLED = 20_000  # bytes of text; more change nothing but the time it takes

# The encodings of the web that a detector may find, by the names of its own, and how readily we believe it: the rarer
# ones look much like a common one. Others are looked at only where a label names them.
RARELY = 0.9
_LIKELY = {
    **dict.fromkeys(("iso-8859-2", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-15"), 1.0),
    **dict.fromkeys((f"windows-125{digit}" for digit in range(9)), 1.0),
    **dict.fromkeys(("windows-874", "koi8-r", "koi8-u", "ibm866", "gbk", "big5", "euc-jp", "shift_jis", "euc-kr"), 1.0),
    **dict.fromkeys(("iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-14"), RARELY),
    **dict.fromkeys(("iso-8859-16", "macintosh", "x-mac-cyrillic"), RARELY),
}
SEVERAL_BYTES = ("gbk", "big5", "euc-jp", "shift_jis", "euc-kr")
_NAMED_ONLY = {"gb18030", "iso-8859-8-i"}
_NAMES_OF_DETECTOR = {"gbk": "gb18030", "euc-jp": "euc_jis_2004"}

BETTER = 1.05  # times as likely as the label, and the label is wrong; of a short text more
MORE_OF_A_SHORT_ONE = 2.0  # divided by its characters beyond ASCII
AS_GOOD = 1.1  # times as likely as another, and this other may be right as well
CLEARLY = 1.5  # times as likely as what a text was decoded with, and the text is mojibake
WORTH_A_LOOK = 4.0  # times less likely by letters alone; the shape of words may still turn that
KNOWN = 0.05  # how likely the best encoding must be; below it the detector knows nothing of such a text
FEW = 6  # letters beyond ASCII; with fewer no statistics of letters can tell
MOST_WRONG = 0.1  # of the characters beyond ASCII
MOST_LOST = 0.02
NEARLY_ALL = 0.95

_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WIDE_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\(J)")
_UNSEEN = re.compile(
    rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
_HIGH = re.compile(rb"[\x80-\xff]")
_AROUND_HIGH = re.compile(rb"[\x00-\x7f]{0,30}(?:[\x80-\xff]++[\x00-\x7f]{0,30})+")
# What is no part of a letter of UTF-8 that was cut: a small letter at the end of a word, or a mark, in Windows-125x.
_OF_ONE_BYTE = re.compile(rb"(?<=[a-z])[\xe0\xe1\xe3-\xff](?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xbf](?![\x80-\xff])")
_IN_WORD = re.compile(rb"[A-Za-z][\x80-\xff][A-Za-z]")


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was decoded with and how we came to it, and the encodings that its source declares.

    ``is_doubtful`` says that another encoding may be right, or that the text looks like mojibake.
    """

    text: str
    used: str
    how: How
    declared: tuple[str, ...] = ()
    is_doubtful: bool = False


@dataclass(frozen=True)
class Decoding:
    """An encoding that bytes may be in, what a sample of them is in it, and how likely that is."""

    name: str
    sample: str
    likely: float


def decode(body: bytes, content_type: str) -> str:
    """Return a page as text that a database can hold: broken bytes become U+FFFD; NUL and lone surrogates go."""
    return decoded(body, content_type).text


def decoded(body: bytes, content_type: str) -> Decoded:
    """Decode a page or feed, as ``decode`` does, and say with which encoding and why.

    A byte order mark decides; then bytes that are UTF-8 beyond ASCII; then the first label whose text is about as
    likely as that of any other encoding; then the usual encoding of the language that the page declares; then what
    the detector finds.
    """
    labels = tuple(declared(body, content_type))
    used, how, is_doubtful = _judged(body, labels)
    encoding = webencodings.lookup("gb18030" if used == "gbk" else used) or webencodings.UTF8
    text = clean(webencodings.decode(body, encoding, errors="replace")[0])
    return Decoded(text, used, how, labels, is_doubtful or _has_lost(text))


def clean(text: str) -> str:
    """Return a text without the characters that neither XML nor PostgreSQL takes, line ends as one newline."""
    return LOST.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def looks_garbled(text: str) -> bool:
    """Return whether a text looks like mojibake: decoded with the wrong character set, by us or by its publisher."""
    beyond, wrong = faults(text)
    if not beyond:
        return False
    if _has_lost(text) or is_twice_encoded(text) or (wrong > 1 and wrong > MOST_WRONG * beyond):
        return True
    letters = sum(1 for letter in text[:MOST_SAMPLED] if letter > "\x7f" and letter.isalpha())
    return letters >= FEW and any(_is_misread(text, name) for name in _fitting(text))


def _judged(body: bytes, labels: tuple[str, ...]) -> tuple[str, How, bool]:
    """Return the encoding of bytes, how we know, and whether that is in doubt."""
    marked = next((label for mark, label in BOMS if body.startswith(mark)), "") or _wide(body)
    if marked:
        return marked, "mark", False
    if not _HIGH.search(body):
        return _without_high(body, labels)
    if _is_utf_8(body, labels):
        return "utf-8", "bytes", not _UTF_8.search(body)
    return _weighed(body, [name for name in labels if name in _LIKELY or name in _NAMED_ONLY])


def _wide(body: bytes) -> str:
    """Return UTF-16 where every other byte is NUL in the markup of a page without a byte order mark."""
    head = body[:2_000]
    if 10 * head.count(0) <= len(head):
        return ""
    return "utf-16le" if head[1::2].count(0) > head[::2].count(0) else "utf-16be"


def _without_high(body: bytes, labels: tuple[str, ...]) -> tuple[str, How, bool]:
    """Return the encoding of bytes of ASCII: they may be ISO-2022-JP, else they read the same in all others."""
    if _WIDE_ESCAPE.search(body):
        return "iso-2022-jp", "bytes", False
    label = next((name for name in labels if not name.startswith("utf-16")), "")
    return (label, "label", False) if label else (usual(body) or LAST_RESORT, "language", False)


def _is_utf_8(body: bytes, labels: tuple[str, ...]) -> bool:
    """Return whether bytes are UTF-8, some of them cut or broken: by chance, other encodings make little of it.

    Where there is none and UTF-8 is declared, one or two lone bytes at the ends of words may be letters that were cut,
    but not where they are letters or marks of an encoding with one byte a letter.
    """
    try:
        body.decode()
    except UnicodeDecodeError:
        rest, letters = _UTF_8.subn(b"", body)
    else:
        return True
    broken = len(_HIGH.findall(rest))
    if letters:
        return letters >= (broken if "utf-8" in labels else 3 * broken)
    is_cut = broken <= 2 and not _IN_WORD.search(body) and len(_OF_ONE_BYTE.findall(body)) < broken
    return "utf-8" in labels[:1] and is_cut


def _weighed(body: bytes, labels: list[str]) -> tuple[str, How, bool]:
    """Return the encoding of bytes that are not UTF-8, by how likely their text is in each that may be right."""
    sample, usually = _visible(body), usual(body)
    found = _candidates(sample, [*labels, usually])
    best = found[0]
    trusted: list[tuple[str, How]] = [(name, "label") for name in labels]
    trusted += [(usually, "language")] if usually else []
    for name, how in trusted:
        one = next(each for each in found if each.name == name)
        if one.sample == best.sample:  # what is declared and what is found agree
            return name, how, _is_doubtful(one, found, 1.0)
        if _stands(one, best, how):
            return name, how, best.likely > KNOWN or _looks_wrong(one)
    best = best if trusted and best.likely else _with_few(best, found, len(_HIGH.findall(sample)))
    return best.name, "detected", _is_doubtful(best, found)


def _with_few(best: Decoding, found: list[Decoding], beyond: int) -> Decoding:
    """Return the most likely encoding, or where there is too little to tell the one that most pages are in."""
    last = next((each for each in found if each.name == LAST_RESORT), best)
    is_better = best.likely > AS_GOOD * last.likely
    return best if best.likely and (is_better or beyond >= FEW) else last


def _stands(one: Decoding, best: Decoding, how: How) -> bool:
    """Return whether an encoding that is declared stands against one that is likelier: by little, or on a guess."""
    more = MORE_OF_A_SHORT_ONE / max(1, faults(best.sample)[0])
    better = (BETTER if how == "label" else 1.0) + more
    return best.likely <= better * one.likely or (best.likely <= KNOWN and not _is_misshapen(one))


def _is_doubtful(one: Decoding, found: list[Decoding], as_good: float = AS_GOOD) -> bool:
    """Return whether a text looks wrong, or is another one in an encoding that is about as likely."""
    others = (each for each in found if each.sample != one.sample)
    return _looks_wrong(one) or any(other.likely * as_good >= one.likely for other in others)


def _looks_wrong(one: Decoding) -> bool:
    """Return whether a text has the shape of mojibake, or is in an encoding for which little speaks."""
    return _is_misshapen(one) or (faults(one.sample)[0] >= FEW and one.likely < KNOWN)


def _is_misshapen(one: Decoding) -> bool:
    beyond, wrong = faults(one.sample)
    return wrong > 1 and wrong > MOST_WRONG * beyond


def _candidates(sample: bytes, named: list[str]) -> list[Decoding]:
    """Return the encodings that a sample may be in with those that are named, the most likely first."""
    asked = dict.fromkeys([*_LIKELY, *(name for name in named if name)])
    by_detector = _likelihoods(sample, tuple(asked))
    first = {name: by_detector.get(_of_detector(name), 0.0) * _LIKELY.get(name, 1.0) for name in asked}
    enough = max(first.values()) / WORTH_A_LOOK
    found = [_candidate(sample, name, likely) for name, likely in first.items() if likely >= enough or name in named]
    return sorted(found, key=lambda candidate: candidate.likely, reverse=True)


def _candidate(sample: bytes, name: str, likely: float) -> Decoding:
    """Return what a sample is in an encoding; the less likely, the more of its characters cannot stand there."""
    text = _in(sample, name)
    beyond, wrong = faults(text)
    return Decoding(name, text, likely * (1 - wrong / beyond) ** 4 if beyond else likely)


def _likelihoods(sample: bytes, names: tuple[str, ...]) -> dict[str, float]:
    """Return how likely a sample is in each encoding, by the detector's names.

    The detector rules out an encoding of several bytes a letter where one letter was cut; we ask it of the rest.
    """
    found = _asked(sample, names)
    for name in SEVERAL_BYTES:
        if not found.get(_of_detector(name)) and (rest := _without_cuts(sample, name)):
            found[_of_detector(name)] = _asked(rest, (name, LAST_RESORT)).get(_of_detector(name), 0.0)
    return found


def _without_cuts(sample: bytes, name: str) -> bytes:
    """Return a sample without the letters that were cut, if these are few; else nothing."""
    text = _in(sample, name)
    lost, beyond = text.count("\ufffd"), faults(text)[0]
    return text.replace("\ufffd", "").encode(_of_python(name), "ignore") if 0 < lost <= 1 + MOST_LOST * beyond else b""


def _asked(sample: bytes, names: tuple[str, ...]) -> dict[str, float]:
    known = [name for each in names if (name := _of_detector(each))]
    rows = chardet.detect_all(sample, ignore_threshold=True, compat_names=False, include_encodings=known)
    return {str(row["encoding"]): float(row["confidence"]) for row in rows}


@cache
def _of_detector(name: str) -> str:
    """Return the detector's name of an encoding."""
    return _NAMES_OF_DETECTOR.get(name) or _of_python(name)


def _of_python(name: str) -> str:
    encoding = webencodings.lookup(name)
    return encoding.codec_info.name if encoding else ""


def _in(sample: bytes, name: str) -> str:
    encoding = webencodings.lookup("gb18030" if name == "gbk" else name) or webencodings.UTF8
    return encoding.codec_info.decode(sample, "replace")[0]


def _visible(body: bytes) -> bytes:
    """Return the text between the tags of a page or feed, as bytes; of a long one the words beyond ASCII."""
    text = _UNSEEN.sub(b" ", body[:MOST_SEARCHED])
    if not _HIGH.search(text):  # it is in attributes alone
        text = body[:MOST_SEARCHED]
    if len(text) > MOST_SAMPLED:
        text = b"\n".join(found[0] for found in _AROUND_HIGH.finditer(text))
    return text[:MOST_SAMPLED]


def _has_lost(text: str) -> bool:
    """Return whether so many letters were lost that no single cut explains it."""
    lost = text.count("\ufffd")
    return lost > 1 and lost > MOST_LOST * sum(1 for letter in text if letter > "\x7f")


def _fitting(text: str) -> list[str]:
    """Return a common encoding that has nearly every character of a text, so that it may have been read in that."""
    beyond = sum(1 for letter in text[:MOST_SAMPLED] if letter > "\x7f")
    names = ("windows-1252", "windows-1251", "windows-1254")
    return [name for name in names if len(_HIGH.findall(_encoded(text, name))) >= NEARLY_ALL * beyond][:1]


def _encoded(text: str, name: str) -> bytes:
    """Return the beginning of a text in an encoding, without the characters that it lacks."""
    return text[:MOST_SAMPLED].encode(name, "ignore")


def _is_misread(text: str, name: str) -> bool:
    """Return whether the bytes of a text in an encoding are far more likely text of another one."""
    found = _candidates(_visible(_encoded(text, name)), [name])
    own = next(each for each in found if each.name == name)
    return found[0].sample != own.sample and found[0].likely > CLEARLY * own.likely
