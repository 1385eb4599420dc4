"""The words of a text as a search compares them: folded, in Arabic without the article, in disguise also plain."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from sources.language.folding import fold
from sources.language.lookalikes import UNSEEN, decoded, plain_word

LONGEST_WORD = 60  # characters that count
# Scripts without spaces between words: Thai, Lao, Myanmar and Khmer, kana, and Chinese characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
SCHEME = re.compile(r"https?://", re.IGNORECASE)
# The article with the particles that are written onto it, as in Lucene's ArabicStemmer; three letters must be left.
ARTICLE = re.compile("^(?:[وفبك]?ال|و?لل)(?=.{3})")


def word_forms(text: str) -> list[tuple[str, ...]]:
    """Return for each word of a text the forms by which it is found, in their order.

    A web address is cut into the parts of its host and the words of its path, and percent-encoded letters are read.
    A word in letters that look like Latin ones is also found by the word that it looks like.
    """
    bare = UNSEEN.sub("", SCHEME.sub(" ", unquote(text) if "%" in text else text))
    bare = decoded(bare) if "xn--" in bare else bare
    return [_forms(word[:LONGEST_WORD]) for word in WORD.findall(fold(bare))]


def searchable(text: str, language: str = "") -> str:
    """Return a text folded for the full-text search, followed by the words that its disguised words look like."""
    bare = fold(UNSEEN.sub("", text), language)
    return bare if bare.isascii() else " ".join([bare, *filter(None, map(plain_word, bare.split()))])


@lru_cache(maxsize=10_000)  # few words make up most of a text
def _forms(word: str) -> tuple[str, ...]:
    others = (ARTICLE.sub("", word), plain_word(word))
    return tuple(dict.fromkeys((word, *filter(None, others))))
