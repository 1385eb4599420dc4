"""A file on its way into the archive: written to the disk as it comes, hashed, sniffed, and held to its limit."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import shutil
import tempfile
from functools import cached_property
from typing import BinaryIO

from django.conf import settings

from sources.archive import storage
from sources.formats.files import kinds
from sources.formats.files.kinds import FileKind

MEGABYTE = 1_000_000
PIECE = 1 << 20  # bytes
LARGE = {kinds.AUDIO, kinds.VIDEO}  # the groups of kinds that may be as large as a film


class TooLarge(Exception):
    """The file has more bytes than a file of its kind may have. It names that limit in megabytes."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(megabytes)
        self.megabytes = megabytes


class Incoming:
    """A file of which pieces are written as they come, in a file without a name: nothing is left once it is closed.

    It is at hand as ``file`` as soon as all of it has come.
    """

    def __init__(self, name: str = "") -> None:
        self.name, self.size = name, 0
        self._sha256, self._sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
        self._head = b""
        self.file = _nameless()

    def write(self, piece: bytes) -> None:
        """Add what came next. Raises ``TooLarge``, ``storage.Full`` and ``OSError``."""
        if len(self._head) < kinds.HEAD:
            self._head += piece[: kinds.HEAD]
        self.size += len(piece)
        if self.size > settings.UPLOAD_MEGABYTES * MEGABYTE:
            self._check_size()
        if shutil.disk_usage(settings.UPLOAD_FOLDER).free < settings.DISK_RESERVE * MEGABYTE:
            raise storage.Full(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._sha256.update(piece)
        self._sha1.update(piece)
        left = memoryview(piece)
        try:
            while left:
                left = left[self.file.write(left) :]
        except OSError as error:
            raise _full(error) from error

    @property
    def sha256(self) -> str:
        """The SHA-256 of what came so far, as hexadecimal text."""
        return self._sha256.hexdigest()

    @property
    def sha1(self) -> str:
        """The SHA-1 of what came so far, in base32: as WARC records name it."""
        return base64.b32encode(self._sha1.digest()).decode()

    @cached_property
    def kind(self) -> FileKind:
        """What kind of file it is, once all of it has come."""
        return kinds.sniff_file(self.file, self.name)

    def close(self) -> None:
        """Remove the file."""
        self.file.close()

    def _check_size(self) -> None:
        """Hold the file to the limit of its kind, as far as its beginning tells it."""
        megabytes = most(kinds.sniff(self._head, name=self.name))
        if self.size > megabytes * MEGABYTE:
            raise TooLarge(megabytes)


def most(kind: FileKind) -> int:
    """Return how many megabytes a file of this kind may have."""
    is_large = kind.group in LARGE
    return int(max(settings.UPLOAD_MEGABYTES, settings.UPLOAD_VIDEO_MEGABYTES if is_large else 0))


def received(stream: BinaryIO, name: str = "") -> Incoming:
    """Return a file that was read to its end. Raises as ``Incoming.write`` does."""
    found = Incoming(name)
    try:
        while piece := stream.read(PIECE):
            found.write(piece)
    except BaseException:
        found.close()
        raise
    return found


def _nameless() -> BinaryIO:
    try:
        settings.UPLOAD_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=settings.UPLOAD_FOLDER, buffering=0)
    except OSError as error:
        raise _full(error) from error


def _full(error: OSError) -> OSError:
    """Return that the disk is full, where an error says so; else the error."""
    return storage.Full(error.errno, os.strerror(error.errno or 0)) if error.errno in storage.NO_ROOM else error
