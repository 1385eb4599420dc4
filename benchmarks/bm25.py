"""Plain BM25 over words, all in memory: a reference that ranks every text."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
WORD = re.compile(r"\w+")


class Index:
    """The words of some texts, each with the texts that have it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.number = len(texts)
        lengths = np.zeros(self.number)
        self._having: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, text in enumerate(texts):
            words = WORD.findall(text.casefold())
            lengths[place] = len(words)
            for word, times in Counter(words).items():
                self._having[word].append((place, times))
        self._longer = K1 * (1 - B + B * lengths / max(1.0, lengths.mean() if self.number else 1.0))

    def scores(self, text: str) -> NDArray[np.float64]:
        """Return the score of every text for the words of this one."""
        found = np.zeros(self.number)
        for word in set(WORD.findall(text.casefold())):
            having = self._having.get(word, [])
            rarity = math.log(1 + (self.number - len(having) + 0.5) / (len(having) + 0.5))
            for place, times in having:
                found[place] += rarity * times * (K1 + 1) / (times + self._longer[place])
        return found
