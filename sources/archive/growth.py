"""Check for the verifier that a log only grew between two of its checkpoints; standard library only."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from sources.archive.verifier_messages import Checked
from workbench.transparency.merkle import NotProved, roots_of_consistency
from workbench.transparency.signed_note import TIME, NoCheckpoint, Note, given, public_key, signed_by


def check_growth(old: str, new: str, proof: Path, key: str, out: Checked) -> None:
    """Check that a checkpoint begins with the log of an older one, by the proof that the desk gave for the two.

    Each checkpoint is a line, or a file with it. ``key`` is the public key that must have signed both, empty for any.
    """
    out.is_growth = True
    notes = [_checkpoint(each, key, out) for each in (old, new)]
    try:
        path = [base64.b64decode(line, validate=True) for line in proof.read_text(encoding="ascii").split()]
    except (binascii.Error, UnicodeDecodeError, OSError):
        out.fault(str(proof), "not readable")
        return
    older, newer = notes
    if older is None or newer is None:
        return
    try:
        roots = roots_of_consistency(older.size, newer.size, older.root, path)
    except NotProved:
        roots = (b"", b"")
    if older.origin != newer.origin or roots != (older.root, newer.root):
        out.fault(f"{older.size} … {newer.size}", "the log did not only grow")


def _checkpoint(text: str, key: str, out: Checked) -> Note | None:
    """Return a checkpoint; a fault where it cannot be read, or another key signed it."""
    try:
        (note,) = given(text)
        known = [public_key(key)] if key else []
    except (NoCheckpoint, OSError, ValueError):
        out.fault(text[:80], "not readable")
        return None
    where = f"{note.origin}, {note.size}, {note.said(TIME)}"
    if not key:
        out.note(where, "signature not checked: name the key with --key")
    elif signed_by(note.body, note.signatures, known) is None:
        out.fault(where, "signature does not hold")
    else:
        out.note(where, "signed by the desk")
    return note
