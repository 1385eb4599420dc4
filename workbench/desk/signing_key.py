"""The private key of the desk: a file that its owner alone reads, and signatures with it (Ed25519)."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.translation import gettext as _

from workbench.desk.anchors import SigningKey
from workbench.desk.refusal import Refusal
from workbench.transparency import signed_note
from workbench.transparency.signed_note import Note, Signature

ENDORSES = "claim-workbench-key-v1\n{old}\n{new}\n"  # what an old key signs about the one that takes its place


def load() -> Ed25519PrivateKey:
    """Return the private key of the desk, made on first use unless a setting names its file.

    Raises ``Refusal`` where the file is missing, cannot be read, or is open to others; and where the desk has signed
    with other keys only: nothing replaces a lost key by itself.
    """
    path: Path = settings.SIGNING_KEY
    try:
        if not path.exists() and settings.SIGNING_KEY_IS_OURS and not SigningKey.objects.exists():
            _make(path)
        key = _read(path)
    except FileNotFoundError as problem:
        raise _unusable(path, _lost() if SigningKey.objects.exists() else str(problem)) from problem
    except OSError as problem:
        raise _unusable(path, str(problem)) from problem
    if not is_known(key) and SigningKey.objects.exists():
        raise _unusable(path, _lost())
    return key


def is_known(key: Ed25519PrivateKey) -> bool:
    """Return whether the desk has signed with this key."""
    return SigningKey.objects.filter(public=public(key)).exists()


def after_loss() -> tuple[Ed25519PrivateKey, Path]:
    """Return a key in place of a lost one, and the file that holds it until it takes its place.

    It is the key that somebody has put into the place of the lost one, or a new one. Raises ``Refusal`` (code
    ``not_lost``) where the key is there.
    """
    path: Path = settings.SIGNING_KEY
    try:
        key = _read(path) if path.exists() else None
    except OSError as problem:
        raise _unusable(path, str(problem)) from problem
    if not SigningKey.objects.exists() or (key is not None and is_known(key)):
        raise Refusal(
            _("The key of the desk is not lost. Run “manage.py rotate_signing_key” without “--lost”."), "not_lost"
        )
    if key is not None:
        return key, path
    path.parent.mkdir(parents=True, exist_ok=True)
    return _drafted(path)


def replace() -> tuple[Ed25519PrivateKey, Ed25519PrivateKey, Path]:
    """Return the key of the desk, a new one, and the file that holds the new one until it takes its place."""
    old = load()
    new, draft = _drafted(settings.SIGNING_KEY)
    return old, new, draft


def public(private: Ed25519PrivateKey) -> str:
    """Return the public half of a key, in base64."""
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def signed(note: Note, private: Ed25519PrivateKey) -> Note:
    """Return a checkpoint with the signature of the desk, under the name of its log."""
    key = private.public_key().public_bytes_raw()
    made = Signature(note.origin, signed_note.key_id(note.origin, key), private.sign(note.body.encode()))
    return Note(note.origin, note.size, note.root, note.extensions, (*note.signatures, made))


def signed_text(body: str, name: str) -> str:
    """Return a text with the signature of the desk below, under the name of its log. Raises ``Refusal``."""
    private = load()
    key = private.public_key().public_bytes_raw()
    return signed_note.signed_text(body, [Signature(name, signed_note.key_id(name, key), private.sign(body.encode()))])


def signer(note: Note, keys: list[bytes]) -> bytes | None:
    """Return which of some public keys signed a checkpoint; None where none did."""
    for each in note.signatures:
        for key in keys:
            if each.key_id == signed_note.key_id(each.name, key) and holds(key, note.body, each.signature):
                return key
    return None


def holds(key: bytes, text: str, signature: bytes) -> bool:
    """Return whether a signature over a text was made with the private half of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _drafted(path: Path) -> tuple[Ed25519PrivateKey, Path]:
    new, draft = Ed25519PrivateKey.generate(), path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    _write(draft, new)
    return new, draft


def _lost() -> str:
    return _(
        "It is not the key with which this desk has signed. Put that file back from the backup. If it is lost, run"
        " “manage.py rotate_signing_key --lost”: the log keeps that."
    )


def _read(path: Path) -> Ed25519PrivateKey:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise _unusable(path, _("others may read it. Run: chmod 600 FILE"))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as problem:
        raise _unusable(path, str(problem)) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path, _("it is not an Ed25519 key."))
    return key


def _make(path: Path) -> None:
    """Make the key. Of two processes that start together one wins, and both read its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    _write(draft, Ed25519PrivateKey.generate())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(path: Path, key: Ed25519PrivateKey) -> None:
    """Write a key into a new file that only its owner may read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())


def _unusable(path: Path, problem: str) -> Refusal:
    message = _("The desk cannot sign: its key %(path)s cannot be used. %(problem)s")
    return Refusal(message % {"path": path.name, "problem": problem}, "no_key")
