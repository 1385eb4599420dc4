"""The Merkle tree over the log: its root at any size, and proofs, from the leaves and nodes that are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbench.desk.anchors import LogLeaf, LogNode
from workbench.transparency import merkle

BLOCK = 256  # leaves, or nodes, under one kept node: a proof reads at most this many rows of each level
# An entry may commit this many keys late. A step takes 75 s at most, and the log takes fewer than 1,300 entries a
# second; the check of the log names an entry that is later still.
LATE = 100_000

Place = tuple[int, int]  # level and number of a kept hash; level 0 are the leaves


def line(entry_hash: str, seq: int, chain: str) -> str:
    """Return the line that the tree binds for an entry."""
    return f"{entry_hash} {seq} {chain}"


def leaf(text: str) -> bytes:
    """Return the hash of the leaf with this line."""
    return merkle.leaf_hash(text.encode())


def size() -> int:
    """Return how many entries are in the tree."""
    newest = LogLeaf.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if newest is None else newest + 1


def root(size: int) -> bytes:
    """Return the root of the tree as it was at a size."""
    if size == 0:
        return merkle.EMPTY
    places = set(_places(0, size))
    return _subtree(0, size, _kept(places))


def inclusions(indexes: Iterable[int], size: int) -> dict[int, list[bytes]]:
    """Return the proof of inclusion of each leaf in the tree of a size."""
    indexes, places = sorted(set(indexes)), set[Place]()

    def wanted(first: int, end: int) -> bytes:
        places.update(_places(first, end))
        return b""

    for index in indexes:
        merkle.inclusion(index, size, wanted)
    kept = _kept(places)
    return {index: merkle.inclusion(index, size, lambda first, end: _subtree(first, end, kept)) for index in indexes}


def consistency(old: int, size: int) -> list[bytes]:
    """Return the proof that the tree of a size begins with the leaves of an older one."""
    places = set[Place]()

    def wanted(first: int, end: int) -> bytes:
        places.update(_places(first, end))
        return b""

    merkle.consistency(old, size, wanted)
    kept = _kept(places)
    return merkle.consistency(old, size, lambda first, end: _subtree(first, end, kept))


def _level(first: int, width: int) -> int | None:
    """Return the level at which the hash over some leaves is kept; None where it is not."""
    level, unit = 0, 1
    while unit < width:
        level, unit = level + 1, unit * BLOCK
    return level if unit == width and first % unit == 0 else None


def _places(first: int, end: int) -> Iterable[Place]:
    """Yield the places of the kept hashes from which the hash over some leaves follows."""
    level = _level(first, end - first)
    if level is not None:
        yield level, first // BLOCK**level
        return
    middle = first + merkle.split(end - first)
    yield from _places(first, middle)
    yield from _places(middle, end)


def _subtree(first: int, end: int, kept: dict[Place, bytes]) -> bytes:
    level = _level(first, end - first)
    if level is not None:
        return kept[level, first // BLOCK**level]
    middle = first + merkle.split(end - first)
    return merkle.node_hash(_subtree(first, middle, kept), _subtree(middle, end, kept))


def _kept(places: set[Place]) -> dict[Place, bytes]:
    """Return kept hashes by their places, with one query for each level."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for level, number in places:
        numbers[level].append(number)
    leaves = LogLeaf.objects.filter(number__in=numbers.pop(0, [])).values_list("number", "line")
    found: dict[Place, bytes] = {(0, number): leaf(text) for number, text in leaves}
    for level, wanted in numbers.items():
        nodes = LogNode.objects.filter(level=level, number__in=wanted).values_list("number", "hash")
        found |= {(level, number): bytes(data) for number, data in nodes}
    return found


def lines(size: int) -> Iterator[str]:
    """Yield the lines that the tree of a size binds, in its order."""
    yield from LogLeaf.objects.filter(number__lt=size).order_by("number").values_list("line", flat=True).iterator()
