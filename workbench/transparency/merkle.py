"""Merkle trees over the entries of a log: hashes, roots, and proofs of inclusion and of consistency (RFC 9162)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

EMPTY = hashlib.sha256().digest()  # the root of a tree without leaves (RFC 9162 section 2.1.1)

Subtree = Callable[[int, int], bytes]  # from the first leaf and the one after the last: the hash over these leaves


class NotProved(Exception):
    """A proof has another form than the size of its tree allows."""


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of a leaf. The prefix tells leaves from nodes, so that neither can stand for the other."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(width: int) -> int:
    """Return how many of some leaves are in the left subtree: the largest power of two below their number."""
    return 1 << (width - 1).bit_length() - 1


class Growing:
    """A tree that grows by one leaf at a time. It keeps one hash for each complete subtree, at most 64 in all."""

    def __init__(self, size: int = 0, complete: Sequence[bytes] = ()) -> None:
        self.size = size
        self.complete = list(complete)  # the hash of each, the largest subtree first

    def add(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        joined, number = leaf, self.size
        while number & 1:
            joined, number = node_hash(self.complete.pop(), joined), number >> 1
        self.complete.append(joined)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self.complete:
            return EMPTY
        found = self.complete[-1]
        for left in reversed(self.complete[:-1]):
            found = node_hash(left, found)
        return found


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the proof that a leaf is in a tree of this size (RFC 9162 section 2.1.3.1)."""
    first, end, path = 0, size, []
    while end - first > 1:
        middle = first + split(end - first)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(first, middle))
            first = middle
    return path[::-1]


def root_of_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """Return the root to which a leaf and its proof lead (RFC 9162 section 2.1.3.2). Raises ``NotProved``."""
    if not 0 <= index < size:
        raise NotProved
    found = leaf
    for other, is_left in _steps(index, size - 1, path):
        found = node_hash(other, found) if is_left else node_hash(found, other)
    return found


def consistency(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the proof that a tree begins with the leaves of an older one (RFC 9162 section 2.1.4.1)."""
    first, end, path, whole = 0, size, [], True
    while old != end:
        middle = first + split(end - first)
        if old <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(first, middle))
            first, whole = middle, False
    if not whole:
        path.append(subtree(first, end))
    return path[::-1]


def roots_of_consistency(old: int, size: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the roots of the older and the newer tree to which a proof leads (RFC 9162 section 2.1.4.2).

    Raises ``NotProved``.
    """
    if old == size and not path:
        return old_root, old_root
    if not 0 < old < size or not path:
        raise NotProved
    rest = [old_root, *path] if old & (old - 1) == 0 else list(path)
    number, last = old - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    older = newer = rest[0]
    for other, is_left in _steps(number, last, rest[1:]):
        older = node_hash(other, older) if is_left else older
        newer = node_hash(other, newer) if is_left else node_hash(newer, other)
    return older, newer


def _steps(number: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the hashes of a path from a node upward, and whether each is on the left. Raises ``NotProved``."""
    for other in path:
        if last == 0:
            raise NotProved
        is_left = bool(number & 1) or number == last
        while is_left and not number & 1 and number:
            number, last = number >> 1, last >> 1
        yield other, is_left
        number, last = number >> 1, last >> 1
    if last:
        raise NotProved
