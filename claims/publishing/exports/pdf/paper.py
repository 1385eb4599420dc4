"""Make a page ready for paper: what only a browser does for it, and what only a screen can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

import emoji
import lxml.html
from lxml import etree

from sources.language.direction import direction

NOT_PRINTED = {"head", "script", "style"}
BRACKETS = {"⟨": "‹", "⟩": "›"}  # around the code of an invisible character; few fonts have the first two
JOINS_EMOJI = "\u200d\ufe0e\ufe0f"  # between the parts of an emoji that nobody has named
SIGNS = "SNP"  # symbols, numbers and punctuation, as the first letter of the Unicode category

# A piece of text, and whether it is the name of what stood there.
Piece = tuple[str, bool]


def prepared(html: str, language: str, missing: frozenset[str] = frozenset()) -> str:
    """Return a page with its directions decided and its emoji named in a language.

    Emoji are spelled out, as the colors that tell some of them apart are lost in print. ``missing`` are characters
    that no font has: other signs are spelled out too, and styled letters become plain ones.
    """
    page = lxml.html.document_fromstring(html)
    for element in list(page.iter(etree.Element)):
        if element.get("dir") == "auto":
            element.set("dir", direction("".join(map(str, element.itertext()))))
        _spell(element, language, missing)
    return str(lxml.html.tostring(page, encoding="unicode", doctype="<!doctype html>"))


def spelled(text: str, language: str, missing: frozenset[str] = frozenset()) -> list[Piece]:
    """Return a text in pieces, with the names of emoji and of missing signs where these stood."""
    pieces: list[Piece] = []
    for chars, name in _named(text, language, missing):
        if name:
            pieces.append((f"[{name}]", True))
        elif pieces and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + chars, False)
        elif not (pieces and chars in JOINS_EMOJI):
            pieces.append((chars, False))
    return pieces


def _named(text: str, language: str, missing: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the emoji and the other characters of a text, each with the name to print for it, if any."""
    for token in emoji.analyze(text, non_emoji=True, join_emoji=False):
        chars, found = token.chars, token.value
        if isinstance(found, str):
            yield (BRACKETS.get(chars, _plain(chars)), _sign(chars)) if chars in missing else (chars, "")
        elif len(chars) == 1 and found.data and found.data.get("variant") and chars not in missing:
            yield chars, ""  # a sign that is as old as print, such as ©
        else:
            yield chars, emoji_name(chars, language)


def emoji_name(chars: str, language: str) -> str:
    """Return what an emoji is called in a language (Unicode CLDR), in English if the language has no names."""
    known = language if language in emoji.LANGUAGES else "en"
    return emoji.demojize(chars, delimiters=("", ""), language=known).replace("_", " ")


@cache
def _sign(char: str) -> str:
    if char in BRACKETS or _plain(char) != char or unicodedata.category(char)[0] not in SIGNS:
        return ""
    return unicodedata.name(char, "").lower()


def _plain(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


def _spell(element: etree._Element, language: str, missing: frozenset[str]) -> None:
    """Spell out the text of an element and the text behind it."""
    parent = element.getparent()
    if element.tail and parent is not None:
        _put(spelled(element.tail, language, missing), parent, element)
    if element.text and not any(each.tag in NOT_PRINTED for each in (element, *element.iterancestors())):
        _put(spelled(element.text, language, missing), element, None)


def _put(pieces: list[Piece], parent: etree._Element, after: etree._Element | None) -> None:
    """Put pieces into an element, at its beginning or behind one of its children."""
    if after is None:
        parent.text = None
    else:
        after.tail = None
    at = 0 if after is None else parent.index(after) + 1
    for text, is_name in pieces:
        if is_name:
            after = lxml.html.Element("bdi", dir="ltr", **{"class": "named"})
            after.text = text
            parent.insert(at, after)
            at += 1
        elif after is None:
            parent.text = text
        else:
            after.tail = text
