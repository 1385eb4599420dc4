"""Encrypt the keys of search providers at rest, with a key made of the secret key of the desk."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from workbench.desk.refusal import Refusal

FOR = b"claim-workbench: keys of search providers, version 1"


def lock(key: str) -> str:
    """Return a key of a provider encrypted; an empty one stays empty."""
    return _box().encrypt(key.encode()).decode() if key else ""


def unlock(locked: str) -> str:
    """Return a key as it was entered. Raises ``Refusal`` (code ``unreadable``) where the secret key has changed."""
    if not locked:
        return ""
    try:
        return _box().decrypt(locked.encode()).decode()
    except InvalidToken as problem:
        text = _(
            "The key of this provider cannot be read, because the secret key of the desk has changed. Enter it again."
        )
        raise Refusal(text, "unreadable", field="key") from problem


def _box() -> MultiFernet:
    """Return what encrypts with the present secret key, and also reads what former ones encrypted."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(str(each)))) for each in secrets])


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=FOR).derive(secret.encode())
