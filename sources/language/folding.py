"""Fold a text so that searching does not stumble over marks, case and spelling variants."""

from __future__ import annotations

import re
import unicodedata

TURKIC = {"az", "tr"}

# Characters with more than one way to be typed; applied after decomposition. Arabic after Lucene's ArabicNormalizer.
VARIANTS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "´": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "‹": "'", "›": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ء": "",
        "ـ": "", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",",
        "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "\u061c": "", "\u00ad": "", "\ufeff": "",
        **{chr(start + digit): str(digit) for start in (0x0660, 0x06F0) for digit in range(10)},
        **{chr(code): "" for code in (*range(0x202A, 0x202F), *range(0x2060, 0x206A))},
        **{chr(code): "" for code in range(0x300, 0x20000) if unicodedata.combining(chr(code))},
    }
)  # fmt: skip
FRENCH_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
TURKISH_ENDING = re.compile(r"(?<=\w)'\w+")


def fold(text: str, language: str = "") -> str:
    """Return a text in the form it is searched in: lower case, no marks, one spelling per letter, single spaces.

    Works across languages: "Şırnak", "ŞIRNAK" and "Sirnak" become one. The language only says what an apostrophe
    cuts off: an elided word before it in French (l'attaque), an ending after it in Turkish (Halep'te).
    """
    lowered = text.replace("İ", "i").casefold()
    bare = lowered if lowered.isascii() else unicodedata.normalize("NFKD", lowered)
    folded = " ".join(bare.translate(VARIANTS).split())
    if language == "fr":
        return FRENCH_ELISION.sub("", folded)
    return TURKISH_ENDING.sub("", folded) if language in TURKIC else folded
