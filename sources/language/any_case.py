"""Search texts for words in any case, in a small part of the time that ``re.IGNORECASE`` takes.

It finds the same in Latin, Cyrillic and Arabic letters. Expressions are lines of words: they have no ranges of letters
such as ``[A-z]``, no ``\\x41``, and no letters that ``SAME`` would need to name, such as those of Greek.

Python tries the alternatives of an expression one by one, at each character of a text. It passes over one quickly only
where that begins with a letter, and case matters. So we search in lower case, and write alternatives as a tree of their
first letters: ``(sign|log) in|silence`` becomes ``si(?:gn in|lence)|log in``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

# Letters that match another one in any case, though that is not their own lower case.
SAME = {"İ": "i", "ı": "i", "ſ": "s", "ᲀ": "в", "ᲁ": "д", "ᲂ": "о", "ᲃ": "с", "ᲄ": "т", "ᲅ": "т", "ᲆ": "ъ"}

_ESCAPED = re.compile(r"(\\.)", re.DOTALL)
_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[:=!]|.", re.DOTALL)
_GROUP = "(?:"
_REPEATS = frozenset("*+?{")
_NO_LETTERS = frozenset("\\[(.^$") | _REPEATS


class AnyCase:
    """A regular expression without references to its groups, for texts in any case."""

    def __init__(self, pattern: str) -> None:
        self._written = pattern

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _ESCAPED.split(self._written)
        pattern = "".join(part if part.startswith("\\") else lowered(part) for part in parts)
        pattern = "".join(_GROUP if sign == "(" else sign for sign in _SIGN.findall(pattern))
        return re.compile(_tree(_alternatives(pattern)))

    def is_in(self, text: str) -> bool:
        """Return whether the expression matches anywhere in a text."""
        return self._pattern.search(lowered(text)) is not None


def lowered(text: str) -> str:
    """Return a text in lower case, character by character; letters that match one another in any case are the same."""
    if text.isascii():
        return text.lower()
    text = text.replace("İ", "i").lower()
    for letter, same in SAME.items():
        text = text.replace(letter, same)
    return text


def _tree(alternatives: Iterable[str]) -> str:
    """Return a pattern that matches what one of the alternatives does, with these gathered by their first letters."""
    by_letter: dict[str, list[str]] = {}
    for each in dict.fromkeys(opened for closed in alternatives for opened in _opened(closed)):
        letter = _first_letter(each)
        by_letter.setdefault(letter, []).append(each[len(letter) :])
    others = by_letter.pop("", [])
    return "|".join([*(letter + _one_of(rests) for letter, rests in by_letter.items()), *others])


def _one_of(rests: list[str]) -> str:
    return rests[0] if len(rests) == 1 else f"{_GROUP}{_tree(rests)})"


def _opened(alternative: str) -> Iterator[str]:
    """Yield an alternative; where it begins with a group, one for each alternative in the group."""
    group = _leading_group(alternative)
    rest = alternative[len(group) :]
    if not group or rest[:1] in _REPEATS - {"?"}:
        yield alternative
        return
    if rest.startswith("?"):
        rest = rest[1:]
        yield from _opened(rest)
    for inner in _alternatives(group[len(_GROUP) : -1]):
        yield from _opened(inner + rest)


def _leading_group(alternative: str) -> str:
    ends = (end for _sign, end, depth in _signs(alternative) if not depth)
    return alternative[: next(ends)] if alternative.startswith(_GROUP) else ""


def _alternatives(pattern: str) -> Iterator[str]:
    start = 0
    for sign, end, depth in _signs(pattern):
        if sign == "|" and not depth:
            yield pattern[start : end - 1]
            start = end
    yield pattern[start:]


def _signs(pattern: str) -> Iterator[tuple[str, int, int]]:
    """Yield the signs of a pattern, each with its end and with how many groups are open behind it."""
    depth = 0
    for sign in _SIGN.finditer(pattern):
        depth += sign[0].startswith("(") - (sign[0] == ")")
        yield sign[0], sign.end(), depth


def _first_letter(alternative: str) -> str:
    """Return the character that an alternative begins with; nothing where it may begin in another way."""
    is_sure = alternative[:1] not in _NO_LETTERS and alternative[1:2] not in _REPEATS
    return alternative[:1] if is_sure else ""
