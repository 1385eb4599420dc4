"""French elision: “que” becomes “qu’” before a vowel."""

from __future__ import annotations

import re

QUE = re.compile(r"\bque (?=[aàâäeéèêëiîïoôöuùûüyœæ])", re.IGNORECASE)


def elided(sentence: str) -> str:
    """Return a French sentence with “que” as it is written before a vowel; before an h it stays, as before a name."""
    return QUE.sub("qu’", sentence)
