"""The words of a text as a search compares them: folded, and in Arabic also without the article."""

from __future__ import annotations

import re
from urllib.parse import unquote

from sources.language.folding import fold

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
    """
    bare = SCHEME.sub(" ", unquote(text) if "%" in text else text)
    return [_forms(word[:LONGEST_WORD]) for word in WORD.findall(fold(bare))]


def _forms(word: str) -> tuple[str, ...]:
    bare = ARTICLE.sub("", word)
    return (word,) if bare == word else (word, bare)
