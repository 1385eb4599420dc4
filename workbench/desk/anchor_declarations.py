"""What an app declares about anchors: hash chains beside the log, and what asks a timestamp authority."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class AnchoredChain:
    """A hash chain of an app that checkpoints of the log anchor too.

    ``newest`` returns the number and the hash of its end, ``hashes`` the hashes at some numbers, where they exist.
    ``label`` names the chain to a person.
    """

    label: Promise
    newest: Callable[[], tuple[int, str]]
    hashes: Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True)
class GivenTimestamp:
    """What a timestamp authority gave: its answer, the certificates to check it with, its time and its name."""

    answer: bytes
    certificates: str
    stamped_at: datetime
    authority: str
