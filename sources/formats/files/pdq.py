"""PDQ: the perceptual hash of a picture, 256 bits that stay nearly the same when it is scaled, blurred or compressed.

Meta published the algorithm (github.com/facebook/ThreatExchange, ``pdq``): a picture is blurred and sampled to 64 × 64
points of brightness, the cosine transform keeps the 16 × 16 lowest frequencies, and each bit says whether one of them
is above their median.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

SIDE, FREQUENCIES = 64, 16
LARGEST = 512  # pixels of a side; the reference scales larger pictures down too
SMALLEST = 5  # pixels of a side: below that there is nothing to compare
PASSES = 2  # of the blur in each direction
LUMA = (0.299, 0.587, 0.114)
MOST_QUALITY, PER_POINT, STEPS = 100, 90, 100 / 255
BITS = 256

Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Print:
    """The hash of a picture in hexadecimal, and how much detail it rests on: 0 to 100, below 50 it says little."""

    pdq: str
    quality: int


def of(image: Image.Image) -> Print | None:
    """Return the hash of a picture; None for one that is smaller than 5 pixels."""
    small = image.convert("RGB")
    small.thumbnail((LARGEST, LARGEST))
    if min(small.size) < SMALLEST:
        return None
    luma = np.asarray(small, dtype=np.float64) @ np.array(LUMA)
    points = _sampled(luma)
    waves = _cosines() @ points @ _cosines().T
    bits = (waves > np.sort(waves, axis=None)[BITS // 2 - 1]).ravel()
    value = sum(1 << int(place) for place in np.flatnonzero(bits))
    return Print(f"{value:064x}", _quality(points))


def distance(one: str, other: str) -> int:
    """Return in how many of the 256 bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _sampled(luma: Matrix) -> Matrix:
    """Return 64 × 64 points of a picture that was blurred so that each stands for what is around it."""
    rows, columns = luma.shape
    for _pass in range(PASSES):
        luma = _blurred(luma.T, -(-columns // (2 * SIDE))).T
        luma = _blurred(luma, -(-rows // (2 * SIDE)))
    return luma[np.ix_(_places(rows), _places(columns))]


def _places(length: int) -> list[int]:
    return [int((place + 0.5) * length / SIDE) for place in range(SIDE)]


def _blurred(values: Matrix, window: int) -> Matrix:
    """Return each row as the mean of the rows in a window around it; at the edges, of those that there are."""
    length = len(values)
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    after = (window + 2) // 2
    places = np.arange(length)
    begins, ends = np.maximum(places + after - window, 0), np.minimum(places + after, length)
    means: Matrix = (sums[ends] - sums[begins]) / (ends - begins)[:, None]
    return means


@cache
def _cosines() -> Matrix:
    waves, points = np.arange(1, FREQUENCIES + 1)[:, None], np.arange(SIDE)[None, :]
    cosines: Matrix = math.sqrt(2 / SIDE) * np.cos(math.pi / 2 / SIDE * waves * (2 * points + 1))
    return cosines


def _quality(points: Matrix) -> int:
    steps = sum(float(np.abs(np.trunc(np.diff(points, axis=axis) * STEPS)).sum()) for axis in (0, 1))
    return min(MOST_QUALITY, int(steps / PER_POINT))
