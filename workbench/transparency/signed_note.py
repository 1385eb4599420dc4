"""Checkpoints of a log as signed notes (C2SP tlog-checkpoint and signed-note), and as one line to copy or print."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.transparency.ed25519 import is_signed

ED25519 = b"\x01"  # the kind of signature (C2SP signed-note)
DASH = "—"  # a line of a signature begins with it
BAR = " | "  # between the lines of a checkpoint in its one-line form
TIME = "time"  # the first word of the extension line that says when

# What a person may copy in place of the dash.
_DASHES = re.compile(r"^(—|–|--|-)\s+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class NoCheckpoint(Exception):
    """A text is no checkpoint."""


@dataclass(frozen=True)
class Signature:
    """A signature under a note: by whom, with which key, and over the text above it."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """A checkpoint: how many entries the log had, and the Merkle root over them, with its signatures."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def body(self) -> str:
        """The text that is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]
        return "".join(f"{line}\n" for line in lines)

    @property
    def text(self) -> str:
        """The note with its signatures, as it is stamped and offered."""
        return signed_text(self.body, self.signatures)

    @property
    def line(self) -> str:
        """The note as one line. It holds every byte of the note."""
        return BAR.join(each for each in self.text.split("\n") if each)

    def said(self, word: str) -> str:
        """Return the rest of the extension line that begins with a word; empty where there is none."""
        return next((line[len(word) + 1 :] for line in self.extensions if line.startswith(f"{word} ")), "")


def read(text: str) -> Note:
    """Return the checkpoint that a note, or its one-line form, holds. Raises ``NoCheckpoint``.

    A line may have been broken where it was printed, and its dash may have become another.
    """
    lines = _lines(text)
    signed = [line for line in lines if _DASHES.match(line)]
    told = lines[: len(lines) - len(signed)]
    if len(told) < 3 or lines[len(told) :] != signed or not _SIZE.fullmatch(told[1]):
        raise NoCheckpoint
    root = _decoded(told[2])
    if len(root) != 32:
        raise NoCheckpoint
    return Note(told[0], int(told[1]), root, tuple(told[3:]), tuple(map(_signature, signed)))


def read_all(text: str) -> list[Note]:
    """Return the checkpoints in a text: notes one after the other, or one-line forms, one a line."""
    if "|" not in text:
        pieces = re.split(r"(?<=\n)\n(?=[^—\n])", text)
        joined: list[str] = []
        for piece in pieces:
            if joined and not any(_DASHES.match(line) for line in joined[-1].splitlines()):
                joined[-1] += "\n" + piece
            else:
                joined.append(piece)
        return [read(piece) for piece in joined if piece.strip()]
    found = re.split(r"\n\s*\n|\n(?=[^|\n]*\|\s*[0-9]+\s*\|)", text)
    return [read(piece) for piece in found if piece.strip()]


def given(line: str) -> list[Note]:
    """Return the checkpoints that a person gave: as a line, or as the name of a file with lines or notes.

    Raises ``NoCheckpoint`` and ``OSError``.
    """
    try:
        text = line if "|" in line or "\n" in line else Path(line).read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise NoCheckpoint from problem
    return read_all(text)


def signed_text(body: str, signatures: Iterable[Signature]) -> str:
    """Return a text with its signatures below (C2SP signed-note)."""
    told = [f"{DASH} {each.name} {base64.b64encode(each.key_id + each.signature).decode()}\n" for each in signatures]
    return f"{body}\n{''.join(told)}"


def parts_of(text: str) -> tuple[str, tuple[Signature, ...]]:
    """Return a text and the signatures below it, exactly in the form of ``signed_text``. Raises ``NoCheckpoint``."""
    body, _empty, below = text.rpartition("\n\n")
    signatures = tuple(_signature(line) for line in below.splitlines() if _DASHES.match(line))
    if not body or not signatures or signed_text(f"{body}\n", signatures) != text:
        raise NoCheckpoint
    return f"{body}\n", signatures


def signed_by(body: str, signatures: Iterable[Signature], keys: Iterable[bytes]) -> bytes | None:
    """Return which of some public keys signed a text; None where none did. Python alone checks, which is slow."""
    known = list(keys)
    for each in signatures:
        for key in known:
            if each.key_id == key_id(each.name, key) and is_signed(key, body.encode(), each.signature):
                return key
    return None


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes that tell the key of a name from its others."""
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + public).digest()[:4]


def key_text(name: str, public: bytes) -> str:
    """Return a public key as others hand it on: name, its four bytes, and the key."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def public_key(text: str) -> bytes:
    """Return the 32 bytes of a public key as ``key_text`` writes it. Raises ``NoCheckpoint``."""
    parts = text.strip().split("+", 2)
    data = _decoded(parts[-1])
    if len(parts) != 3 or data[:1] != ED25519 or len(data) != 33 or key_id(parts[0], data[1:]).hex() != parts[1]:
        raise NoCheckpoint
    return data[1:]


def _lines(text: str) -> list[str]:
    """Return the lines of a note that are not empty; of a one-line form, without the breaks that print put in."""
    if "|" not in text:
        return [line.strip() for line in text.split("\n") if line.strip()]
    pieces = [piece.split() for piece in text.split("|") if piece.strip()]
    return [_rejoined(words, begins=1 if place > 2 else 0) for place, words in enumerate(pieces)]


def _rejoined(words: list[str], begins: int) -> str:
    """Return a line whose last word may have been broken: no line of ours has more words than begin it and that one."""
    kept = 2 if _DASHES.match(f"{words[0]} ") else begins
    return " ".join(filter(None, [*words[:kept], "".join(words[kept:])]))


def _signature(line: str) -> Signature:
    name, _space, told = _DASHES.sub("", line).rpartition(" ")
    data = _decoded(told)
    if not name or len(data) < 5:
        raise NoCheckpoint
    return Signature(name, data[:4], data[4:])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoCheckpoint from error
