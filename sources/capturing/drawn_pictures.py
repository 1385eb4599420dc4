"""Pictures that we draw from files: kept or refused for a while, and only a few drawn at a time in one process.

Drawing may take 20 seconds and fail each time, and of a published report anybody may ask for it.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from workbench.desk.refusal import Refusal

FOLDER = settings.VAR / "page_pictures"
AT_ONCE = 1  # in one process, of the two threads that answer people
FAILED_FOR = 3_600.0  # seconds in which a picture that could not be drawn is not tried again
RETRY_AFTER = 5  # seconds, said to a browser that comes while others wait
BUSY = "busy"
_turns = threading.BoundedSemaphore(AT_ONCE)


class NotDrawn(Exception):
    """This picture could not be drawn a while ago, or just now."""


def drawn(
    key: str, draw: Callable[[], bytes], failures: tuple[type[Exception], ...], *, waits: bool, keeps: bool = False
) -> bytes:
    """Return the picture with this key. Raises ``NotDrawn``.

    Where it is not to wait for its turn, it raises ``Refusal`` (code ``BUSY``).

    ``failures`` are what ``draw`` raises where the picture cannot be drawn: it is not tried again for a while. A
    picture that ``keeps`` is drawn once; others the browser of a person keeps.
    """
    file = FOLDER / f"{hashlib.sha256(key.encode()).hexdigest()}.png"
    known = _known(file)
    if known is not None:
        return known
    if not _turns.acquire(blocking=waits):
        raise Refusal(_("The server is busy with other pictures. Try again in a few seconds."), BUSY)
    try:
        found = draw()
    except failures as problem:
        _keep(file, b"")
        raise NotDrawn from problem
    finally:
        _turns.release()
    if keeps:
        _keep(file, found)
    return found


def _known(file: Path) -> bytes | None:
    try:
        found, written = file.read_bytes(), file.stat().st_mtime
    except FileNotFoundError:
        return None
    if found:
        return found
    if time.time() - written < FAILED_FOR:
        raise NotDrawn
    return None


def _keep(file: Path, content: bytes) -> None:
    """Write a file in full or not at all, also if another process writes it now."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as half:
        half.write(content)
    Path(half.name).replace(file)
