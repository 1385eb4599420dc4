"""Tell text that was decoded with the wrong character set (mojibake) by its shape: symbols in words, mixed scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_LOOKED_AT = 2_000  # characters beyond ASCII of one text; more change nothing but the time it takes

BEYOND = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\s\x00-\x2f:-@\[-`{-\x7f]*[^\x00-\x7f][^\s\x00-\x2f:-@\[-`{-\x7f]*")
# What stands inside words, or between them without a space, in well-made texts.
_AT_HOME = set("’‘ʼ‑–—…·’\u00ad•/״׳،؛؟")
_MARKS = {"Lm", "Mn", "Mc", "Cf"}
_LOST = {"Cc", "Co", "Cn", "Cs"}
# Where each alphabet is: the letters of one word are of one of them.
_SCRIPTS = (
    (0x0000, 0x024F, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x077F, "arabic"),
    (0x0E00, 0x0E7F, "thai"),
    (0x1E00, 0x1EFF, "latin"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFEFC, "arabic"),
)
# In which encodings UTF-8 is most often read by mistake.
_MISREAD_IN = ("cp1252", "cp1251", "cp1250", "cp1254", "cp1253", "cp1256", "mac-roman", "koi8-r", "cp437", "cp850")
_TWICE = 0.2  # of the words beyond ASCII; fewer may be an example of the fault


def faults(text: str) -> tuple[int, int]:
    """Return how many characters beyond ASCII a text has, and how many of them cannot stand where they stand.

    These are control characters, lost ones, symbols and capitals inside words, and letters of another alphabet than
    the rest of their word.
    """
    looked_at = wrong = 0
    for found in BEYOND.finditer(text):
        at = found.start()
        looked_at += 1
        wrong += _is_wrong(text[at], text[at - 1 : at], text[at + 1 : at + 2])
        if looked_at >= MOST_LOOKED_AT:
            break
    return looked_at, wrong


def is_twice_encoded(text: str) -> bool:
    """Return whether the words of a text beyond ASCII are UTF-8 that somebody read in another encoding (“Ã©”)."""
    words = [found[0] for found, _at in zip(_WORD.finditer(text), range(MOST_LOOKED_AT), strict=False)]
    twice = sum(1 for word in words if _is_misread(word))
    return twice > 0 and twice >= _TWICE * len(words)


def _is_misread(word: str) -> bool:
    """Return whether a word cannot be one, and is UTF-8 beyond ASCII in the bytes of an encoding."""
    return faults(word)[1] > 0 and any(_undone(word, name) for name in _MISREAD_IN)


def _undone(word: str, name: str) -> bool:
    try:
        real = b"".join(_byte(letter, name) for letter in word).decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return False
    return any(letter.isalpha() or unicodedata.category(letter).startswith("P") for letter in BEYOND.findall(real))


def _byte(letter: str, name: str) -> bytes:
    """Return a letter in an encoding, as browsers read it: bytes that it leaves undefined are control characters."""
    return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode(name)


def _is_wrong(letter: str, before: str, after: str) -> bool:
    kind = _kind(letter)
    if kind in _LOST or letter == "\ufffd" or "\u2500" <= letter <= "\u259f" or "\uff61" <= letter <= "\uff9f":
        return True
    if kind in _MARKS or letter in _AT_HOME:
        return False
    if not kind.startswith("L") or letter in "ªº":
        return before.isalpha() and after.isalpha() and _script(before) is not None and _script(after) is not None
    if kind in {"Lu", "Lt"} and _kind(before) == "Ll":
        return True
    return any(_is_foreign(letter, other) for other in (before, after))


def _is_foreign(letter: str, other: str) -> bool:
    """Return whether two letters side by side are of two alphabets."""
    here, there = _script(letter), _script(other) if other.isalpha() else None
    return here is not None and there is not None and here != there


@lru_cache(maxsize=4_096)
def _kind(letter: str) -> str:
    return unicodedata.category(letter) if letter else ""


@lru_cache(maxsize=4_096)
def _script(letter: str) -> str | None:
    """Return the alphabet of a letter; None for signs and for writing where several meet in one word (Japanese)."""
    code = ord(letter)
    return next((name for first, last, name in _SCRIPTS if first <= code <= last), None)
