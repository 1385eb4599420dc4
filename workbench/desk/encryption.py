"""Encrypt what is secret in a row, with a key made of the secret key of the desk: the database alone is no use."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PREFIX = "claim-workbench, version 1: "


class NotUnlocked(Exception):
    """The secret key of the desk is another one than when this was encrypted, or somebody has changed the text."""


def lock(text: str, purpose: str) -> str:
    """Return a text encrypted for one purpose; what is encrypted for another cannot take its place."""
    return _box(purpose).encrypt(text.encode()).decode()


def unlock(locked: str, purpose: str) -> str:
    """Return a text as it was. Raises ``NotUnlocked``."""
    try:
        return _box(purpose).decrypt(locked.encode()).decode()
    except InvalidToken as problem:
        raise NotUnlocked from problem


def _box(purpose: str) -> MultiFernet:
    """Return what encrypts with the present secret key, and also reads what former ones encrypted."""
    secrets = [str(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(each, purpose))) for each in secrets])


def _key(secret: str, purpose: str) -> bytes:
    """Derive a key (HKDF, RFC 5869)."""
    info = (PREFIX + purpose).encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
