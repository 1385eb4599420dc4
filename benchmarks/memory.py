"""Memory of programs while a benchmark runs: what a program and its children hold, sampled, and whether it grows."""

from __future__ import annotations

import statistics
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psutil

EVERY = 2.0  # seconds
PARTS = 4  # of the time: the first warms up; the second is compared with the last
MEGABYTE = 1024 * 1024

Samples = dict[str, list[int]]  # bytes, by the name of a program


@contextmanager
def watched(programs: Mapping[str, int], every: float = EVERY) -> Iterator[Samples]:
    """Sample the memory of programs, given by their process numbers, until the block ends."""
    samples: Samples = defaultdict(list)
    over = threading.Event()

    def sample() -> None:
        while not over.wait(every):
            for name, number in programs.items():
                held = held_by(number)
                if held:
                    samples[name].append(held)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        over.set()
        thread.join()


def held_by(number: int) -> int:
    """Return the bytes that a program and its children hold and share with nobody else; 0 once it has ended."""
    try:
        program = psutil.Process(number)
        return sum(each.memory_full_info().uss for each in (program, *program.children(recursive=True)))
    except psutil.Error:
        return 0


def growth(samples: Samples) -> dict[str, dict[str, float]]:
    """Return for each program the megabytes held in the second part of the time and in the last one, in the middle."""
    found = {}
    for name, held in samples.items():
        part = len(held) // PARTS
        if part:
            before, after = statistics.median(held[part : 2 * part]), statistics.median(held[-part:])
            found[name] = {"before_mb": _megabytes(before), "after_mb": _megabytes(after)}
    return found


def _megabytes(number: float) -> float:
    return round(number / MEGABYTE, 1)
