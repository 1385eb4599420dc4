"""Play recordings: hand out sound and films at the host of captured pages, in pieces, by addresses that expire."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from sources.capturing import drawn_pictures, preserving
from sources.formats import film_frames
from sources.formats.files import kinds
from sources.models import Capture
from sources.proving import replay
from workbench.desk import hidden_rows
from workbench.desk.models import User
from workbench.desk.refusal import Refusal

SALT = "sources.proving.playback"
FOLDER = "media/"  # before the token, so that it is not taken for that of a page
LASTS = timedelta(hours=12)  # a long film is asked for in pieces while somebody looks at it
TYPES = {kind.media_type for kind in kinds.KINDS.values() if kind.group in (kinds.AUDIO, kinds.VIDEO)}
VIDEO = "video/"
POSTER_AT = 1.0  # seconds: many films begin with black
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True)
class MediaPiece:
    """A piece of a recording: its bytes, where they begin and end in the whole, and how large that is."""

    content: Iterator[bytes]
    media_type: str
    tag: str
    start: int
    end: int  # of the last byte
    size: int
    is_part: bool  # as it was asked for by a range, even one of all bytes


def plays(capture: Capture) -> bool:
    """Return whether a capture is a recording that a browser may play."""
    return media_type(capture) in TYPES


def media_type(capture: Capture) -> str:
    """Return the kind of file that a capture is, as it was sniffed or as its server said."""
    return capture.content_type.partition(";")[0].strip().lower()


def address(capture: Capture, app: str, *, to: User) -> str:
    """Return where a person can play a recording from the workbench at this origin; empty without a host name.

    The address is theirs: it ends with their account, and plays nothing that is hidden from them by then.
    """
    origin = replay.origin(app)
    return f"{origin}/{FOLDER}{signing.dumps([capture.pk, to.pk], salt=SALT)}" if origin else ""


def piece(token: str, asked: str) -> MediaPiece:
    """Return the part of a recording that a Range header asks for (RFC 9110), or all of it. Raises ``Refusal``.

    What is no single range of bytes asks for all. Codes: ``not_found``, ``expired``, ``range``, ``unreadable``.
    """
    capture = _of(token)
    found = _range(asked, capture.size)
    start, end = found or (0, capture.size - 1)
    try:
        content = _part(capture, start, end + 1 - start)
    except preserving.LOST as problem:
        raise Refusal(_("We could not read this capture from the archive."), "unreadable") from problem
    return MediaPiece(content, media_type(capture), capture.sha256, start, end, capture.size, is_part=found is not None)


def has_stills() -> bool:
    """Return whether this server can take stills of films."""
    return film_frames.is_possible()


def poster(capture: Capture) -> bytes:
    """Return a still from near the beginning of a film, as a small JPEG. Raises ``Refusal``; it does not wait."""
    key = f"poster {capture.sha256}"
    try:
        return drawn_pictures.drawn(key, lambda: _taken(capture, POSTER_AT), (_NoStill,), waits=False, keeps=True)
    except (drawn_pictures.NotDrawn, *preserving.LOST) as problem:
        raise Refusal(_("There is no still of this recording."), "no_picture") from problem


def still(capture: Capture, seconds: float) -> bytes:
    """Return what a film shows at a time, as a small JPEG; nothing for sound, without ffmpeg, or where it cannot."""
    try:
        return _taken(capture, seconds)
    except (_NoStill, *preserving.LOST):
        return b""


class _NoStill(Exception):
    """This is no film, or ffmpeg finds no picture in it or is missing."""


def _taken(capture: Capture, seconds: float) -> bytes:
    if not media_type(capture).startswith(VIDEO) or not film_frames.is_possible():
        raise _NoStill
    with tempfile.NamedTemporaryFile(dir=settings.UPLOAD_FOLDER, suffix=".film") as file:
        file.writelines(_bytes_of(capture))
        file.flush()
        taken = film_frames.still(Path(file.name), seconds) or (
            film_frames.still(Path(file.name), 0) if seconds else b""
        )
    if not taken:
        raise _NoStill
    return taken


def _bytes_of(capture: Capture) -> Iterator[bytes]:
    return preserving.opened(capture) if capture.is_brought else iter([preserving.payload_of(capture)])


def _of(token: str) -> Capture:
    try:
        key, person = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise Refusal(_("This view has expired. Open it again from the workbench."), "expired") from None
    except signing.BadSignature:
        raise Refusal(_("There is nothing at this address."), "not_found") from None
    with hidden_rows.read_by(lambda: int(person)):
        capture = Capture.objects.select_related("attempt", "revisits__attempt").filter(pk=key).first()
    is_open = User.objects.filter(pk=person, is_active=True).exists()
    if capture is None or not plays(capture) or not is_open:
        raise Refusal(_("There is nothing at this address."), "not_found")
    return capture


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a range; None for what is none."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise Refusal(_("The recording ends before the part that was asked for."), "range")
    return start, end


def _part(capture: Capture, start: int, length: int) -> Iterator[bytes]:
    """Return a part of a recording: read from there on where the archive stores it unpacked, as it does films."""
    if capture.is_brought and (found := preserving.part_of(capture, start, length)) is not None:
        return found
    return _cut(_bytes_of(capture), start, length)


def _cut(pieces: Iterator[bytes], start: int, length: int) -> Iterator[bytes]:
    """Yield so many bytes from a place on."""
    for each in pieces:
        if start >= len(each):
            start -= len(each)
            continue
        part = each[start : start + length]
        start, length = 0, length - len(part)
        yield part
        if not length:
            return
