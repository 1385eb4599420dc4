"""Archive storage: WARC files in a folder, or objects in an S3-compatible bucket; whether it answers and has room."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, NamedTuple, Protocol

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.module_loading import import_string

from sources.archive import resources, stored_blocks, warc
from workbench.runner import paths

MEGABYTE = 1_000_000
TRIAL = b"\0" * 4096  # one block
BUCKET = "sources.web.bucket.Bucket"  # loaded where it is used: its libraries are large, and few desks have one
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the disk, the quota of this user, or the limit of this process


class Full(OSError):
    """There is no room for the records; nothing of them was kept."""


class Place(NamedTuple):
    """Where the records of one fetch are: a file of the archive, and which bytes of it."""

    name: str
    offset: int
    length: int


class ObjectStore(Protocol):
    """A store that takes whole objects under a name, and gives back ranges of them. What fails raises ``OSError``."""

    def add(self, name: str, content: File[Any]) -> None:
        """Put an object into the store."""

    def cut(self, name: str, offset: int, length: int) -> bytes:
        """Return so many bytes of an object from an offset on."""

    def opened(self, name: str, offset: int, length: int) -> BinaryIO:
        """Return so many bytes of an object from an offset on, to be read as they come."""

    def answers(self) -> bool:
        """Say whether the store answers."""


def add(records: bytes) -> Place:
    """Add the records of one fetch; when this returns they are stored. Raises ``OSError``; without room ``Full``.

    In a folder they are appended to the file of this process. Objects in a bucket cannot grow, so there each fetch is
    an object of its own: nothing waits on the disk of a worker that may be gone tomorrow. Both begin with the month.
    """
    if not settings.ARCHIVE_STORAGE:
        return _append([records], len(records))
    name, start = _object()
    _bucket().add(name, ContentFile(start + records))
    return Place(name, len(start), len(records))


def cut(name: str, offset: int, length: int) -> bytes:
    """Return the records of one fetch. Raises ``warc.Missing`` for an invalid name, and ``OSError``."""
    if not settings.ARCHIVE_STORAGE:
        return warc.cut(settings.ARCHIVE_FOLDER, name, offset, length)
    return _bucket().cut(name, offset, length)


def add_pieces(pieces: Iterable[bytes], about: int) -> Place:
    """Add records that come in pieces, about so many bytes, as ``add`` does: they are never whole in memory."""
    if not settings.ARCHIVE_STORAGE:
        return _append(pieces, about)
    name, start = _object()
    with tempfile.TemporaryFile() as file:  # the store wants to know how much comes
        file.writelines(itertools.chain([start], pieces))
        length = file.tell() - len(start)
        file.seek(0)
        _bucket().add(name, File(file))
    return Place(name, len(start), length)


def opened(name: str, offset: int, length: int) -> BinaryIO:
    """Return the records of one fetch as a file to read from. Raises ``warc.Missing`` and ``OSError``, as ``cut``."""
    if not settings.ARCHIVE_STORAGE:
        return resources.opened(settings.ARCHIVE_FOLDER, name, offset, length)
    return _bucket().opened(name, offset, length)


def part(place: Place, start: int, size: int) -> Iterator[bytes] | None:
    """Return a part of the resource that a record holds; None where it can only be read from its beginning.

    Raises ``warc.Missing`` and ``OSError``, as ``cut``.
    """
    name, offset, length = place
    if settings.ARCHIVE_STORAGE:
        return stored_blocks.ranged(lambda at, number: opened(name, offset + at, number), length, start, size)
    return stored_blocks.part(resources.opened_at(settings.ARCHIVE_FOLDER, name, offset), start, size)


def is_ready() -> bool:
    """Return whether captures can be stored now: the folder takes a file, or the bucket answers.

    The folder is asked to keep some bytes: neither its mode nor free space tells of a quota, of a disk without inodes,
    or of one that can only be read.
    """
    if settings.ARCHIVE_STORAGE:
        return _bucket().answers()
    try:
        place = paths.nearest(settings.ARCHIVE_FOLDER / f"{datetime.now(UTC):%Y/%m}")
        with tempfile.TemporaryFile(dir=place, buffering=0) as file:
            return file.write(TRIAL) == len(TRIAL)
    except OSError:
        return False


def free_megabytes() -> int | None:
    """Return how much is free on the disk of the archive folder; None for a bucket, which does not say."""
    if settings.ARCHIVE_STORAGE:
        return None
    return shutil.disk_usage(paths.nearest(settings.ARCHIVE_FOLDER)).free // MEGABYTE


def is_full() -> bool:
    """Return whether less is free than the archive has to leave free: the database may be on the same disk."""
    free = free_megabytes()
    return free is not None and free < settings.DISK_RESERVE


def _bucket() -> ObjectStore:
    """Return the bucket in which the archive is."""
    made: Callable[[str, str], ObjectStore] = import_string(BUCKET)
    return made(settings.ARCHIVE_STORAGE, settings.ARCHIVE_ENDPOINT)


def _object() -> tuple[str, bytes]:
    """Return the name of a new object in the bucket, and the record that it begins with."""
    name = f"{datetime.now(UTC):%Y/%m/%d}/cw-{secrets.token_hex(16)}.warc.gz"
    return name, warc.started(name.rpartition("/")[2])


def _append(pieces: Iterable[bytes], about: int) -> Place:
    if is_full():
        raise Full(errno.ENOSPC, os.strerror(errno.ENOSPC))
    try:
        return Place(*warc.append_pieces(settings.ARCHIVE_FOLDER, pieces, about))
    except OSError as error:
        if error.errno in NO_ROOM:
            raise Full(error.errno, os.strerror(error.errno)) from error
        raise
