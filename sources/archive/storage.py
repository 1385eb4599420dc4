"""Archive storage: WARC files in a folder, or objects in an S3-compatible bucket; and its health check."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings

from sources.archive import warc
from sources.web import bucket


class Place(NamedTuple):
    """Where the records of one fetch are: a file of the archive, and which bytes of it."""

    name: str
    offset: int
    length: int


def add(records: bytes) -> Place:
    """Add the records of one fetch; when this returns they are stored. Raises ``OSError``.

    In a folder they are appended to the file of this process. Objects in a bucket cannot grow, so there each fetch is
    an object of its own: nothing waits on the disk of a worker that may be gone tomorrow. Both begin with the month.
    """
    if not settings.ARCHIVE_STORAGE:
        return Place(*warc.append(settings.ARCHIVE_FOLDER, records))
    name = f"{datetime.now(UTC):%Y/%m/%d}/cw-{secrets.token_hex(16)}.warc.gz"
    start = warc.started(name.rpartition("/")[2])
    bucket.add(settings.ARCHIVE_STORAGE, settings.ARCHIVE_ENDPOINT, name, start + records)
    return Place(name, len(start), len(records))


def cut(name: str, offset: int, length: int) -> bytes:
    """Return the records of one fetch. Raises ``warc.Missing`` for an invalid name, and ``OSError``."""
    if not settings.ARCHIVE_STORAGE:
        return warc.cut(settings.ARCHIVE_FOLDER, name, offset, length)
    return bucket.cut(settings.ARCHIVE_STORAGE, settings.ARCHIVE_ENDPOINT, name, offset, length)


def is_ready() -> bool:
    """Return whether captures can be stored now: the folder is writable, or the bucket answers."""
    if settings.ARCHIVE_STORAGE:
        return bucket.answers(settings.ARCHIVE_STORAGE, settings.ARCHIVE_ENDPOINT)
    folder = settings.ARCHIVE_FOLDER
    nearest = next(path for path in [folder, *folder.parents] if path.exists())  # it is made with the first capture
    return os.access(nearest, os.W_OK)


HEALTH_CHECKS = {"archive": is_ready}
