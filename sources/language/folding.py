"""Fold a text, so that a search ignores accents, case and spelling variants."""

from __future__ import annotations

import re
import unicodedata

from sources.language.languages.registry import LANGUAGES

TURKIC = {"az", "tr"}

# Characters that people type in more than one way. The table applies after decomposition; for Arabic it follows
# Lucene's ArabicNormalizer.
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
ELISIONS = {
    code: re.compile(rf"\b(?:{'|'.join(language.elided)})'(?=\w)")
    for code, language in LANGUAGES.items()
    if language.elided
}
TURKIC_ENDING = re.compile(r"(?<=\w)'\w+")


def fold(text: str, language: str = "") -> str:
    """Return a text in the form we search: lower case, no accents, one spelling per letter, single spaces.

    It works across languages: "Şırnak", "ŞIRNAK" and "Sirnak" give the same result. The language only decides which
    part an apostrophe cuts off: the elided word before it in French (l'attaque), the ending after it in Turkish
    (Halep'te).
    """
    lowered = text.replace("İ", "i").casefold()
    # Once more in lower case: letters in another style (𝗕𝗿𝗶𝗱𝗴𝗲) have none until they are decomposed.
    bare = lowered if lowered.isascii() else unicodedata.normalize("NFKD", lowered).casefold()
    folded = " ".join(bare.translate(VARIANTS).split())
    if language in ELISIONS:
        return ELISIONS[language].sub("", folded)
    return TURKIC_ENDING.sub("", folded) if language in TURKIC else folded
