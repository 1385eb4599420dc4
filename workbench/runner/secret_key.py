"""Secret keys: made once for each data folder, and kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the secret key kept in a folder, made on first use and readable by its owner only.

    Raises ``OSError`` when the folder cannot be written.
    """
    path = folder / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"secret-key.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        path.hardlink_to(draft)  # of two processes that start together, one wins and both read its key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()
