"""Read the words of a search: words, "phrases", and (names OR their spellings in other scripts)."""

from __future__ import annotations

import re

PIECE = re.compile(r'"([^"]+)"|([()])|([^\s()"]+)')


def groups(words: str) -> list[list[str]]:
    """Return what must be found, each as the spellings of which one is enough; brackets may be missing."""
    found: list[list[str]] = []
    inside, joins = False, False
    for phrase, bracket, word in PIECE.findall(words):
        if bracket:
            inside, joins = bracket == "(", False
            if inside:
                found.append([])
        elif word == "OR":
            joins = True
        else:
            text = (phrase or word).strip()
            if text and found and (joins or (inside and not found[-1])):
                found[-1].append(text)
            elif text:
                found.append([text])
            joins = False
    return [group for group in found if group]


def with_or(words: str) -> str:
    """Return the words for engines that know phrases and OR."""
    return " ".join(_or(group) for group in groups(words))


def plain(words: str) -> str:
    """Return the words for engines that know nothing but words: of each group its first spelling."""
    return " ".join(group[0] for group in groups(words))


def every(words: str) -> list[str]:
    """Return all spellings of all words, one after the other."""
    return [text for group in groups(words) for text in group]


def joined(group: list[str]) -> str:
    """Return the spellings of one word, as ``groups`` reads them; quotes and brackets in a spelling are dropped."""
    clean = [" ".join(re.sub(r'["()]', " ", text).split()) for text in group]
    return _or([text for text in dict.fromkeys(clean) if text])


def _or(group: list[str]) -> str:
    texts = [f'"{text}"' if " " in text else text for text in group]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})" if texts else ""
