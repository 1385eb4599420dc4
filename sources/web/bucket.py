"""Archive storage in an S3-compatible bucket: add objects, and read them back by byte range."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.response import StreamingBody
from django.core.files.base import File
from storages.backends.s3 import S3Storage

FAULTS = (BotoCoreError, Boto3Error, ClientError)
CONNECT_SECONDS, READ_SECONDS, MOST_TRIES = 5, 30, 3
AT_ONCE = 65_536  # bytes


class NotStored(OSError):
    """The store did not accept or return an object. The message may be shown to a person."""


@dataclass(frozen=True)
class Bucket:
    """The store ``s3://bucket/prefix``; ``endpoint`` is the address of its server, where it is not Amazon’s."""

    place: str
    endpoint: str

    def add(self, name: str, content: File[Any]) -> None:
        """Put an object into the store. When this returns the store has it. Raises ``NotStored``."""
        with _told():
            _storage(self.place, self.endpoint).save(name, content)

    def cut(self, name: str, offset: int, length: int) -> bytes:
        """Return so many bytes of an object from an offset on, without reading the rest. Raises ``NotStored``."""
        return self.opened(name, offset, length).read()

    def opened(self, name: str, offset: int, length: int) -> BinaryIO:
        """Return so many bytes of an object from an offset on, to be read as they come. Raises ``NotStored``."""
        storage = _storage(self.place, self.endpoint)
        key = f"{storage.location}/{name}" if storage.location else name
        with _told():
            found = storage.bucket.Object(key).get(Range=f"bytes={offset}-{offset + length - 1}")
        return BufferedReader(ObjectStream(found["Body"]), AT_ONCE)

    def answers(self) -> bool:
        """Say whether the store answers for its bucket."""
        try:
            _storage(self.place, self.endpoint).exists("health-check")
        except FAULTS:
            return False
        return True


class ObjectStream(RawIOBase):
    """What a store sends of an object. A connection that breaks while it is read is a fault as any: ``NotStored``."""

    def __init__(self, body: StreamingBody) -> None:
        self._body = body

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; return how many bytes came, none at the end. Raises ``NotStored``."""
        with _told():
            piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the connection."""
        self._body.close()
        super().close()


@contextmanager
def _told() -> Iterator[None]:
    """Raise ``NotStored`` for what the libraries raise where a store fails."""
    try:
        yield
    except FAULTS as error:
        raise NotStored(f"{type(error).__name__}: {error}") from error


@cache
def _storage(place: str, endpoint: str) -> Any:
    """Return the storage of a bucket. Keys and region come from where the AWS tools look for them."""
    read = urlsplit(place)
    return S3Storage(
        bucket_name=read.netloc,
        location=read.path.strip("/"),
        endpoint_url=endpoint or None,
        default_acl=None,
        file_overwrite=True,  # names are random: asking first whether one is taken would double the requests
        object_parameters={"ContentType": "application/warc"},  # or it would guess Content-Encoding: gzip
        client_config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": MOST_TRIES},
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint else "auto"},
        ),
    )
