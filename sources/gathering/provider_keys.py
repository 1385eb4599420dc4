"""Encrypt the keys of search providers at rest, with a key made of the secret key of the desk."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workbench.desk import encryption
from workbench.desk.refusal import Refusal

PURPOSE = "keys of search providers"


def lock(key: str) -> str:
    """Return a key of a provider encrypted; an empty one stays empty."""
    return encryption.lock(key, PURPOSE) if key else ""


def unlock(locked: str) -> str:
    """Return a key as it was entered. Raises ``Refusal`` (code ``unreadable``) where the secret key has changed."""
    if not locked:
        return ""
    try:
        return encryption.unlock(locked, PURPOSE)
    except encryption.NotUnlocked as problem:
        text = _(
            "The key of this provider cannot be read, because the secret key of the desk has changed. Enter it again."
        )
        raise Refusal(text, "unreadable", field="key") from problem
