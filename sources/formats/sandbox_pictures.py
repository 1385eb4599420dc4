"""Ask the sandbox about pictures: hostile ones are unpacked only in the process that can be killed."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass

from sources.formats import sandbox
from sources.formats.sandbox import Body
from sources.formats.unreadable import Unreadable


@dataclass(frozen=True)
class PictureFacts:
    """How large a picture is, the right way up; its perceptual hash (PDQ), and how much detail that rests on."""

    width: int
    height: int
    pdq: str
    quality: int


def preview(body: Body, side: int, mark: Iterable[int] = ()) -> bytes:
    """Return a small JPEG of a picture without metadata, a place drawn in it. Raises ``Unreadable``, ``GaveUp``."""
    found = sandbox.ask("preview", body, "", side=side, mark=",".join(map(str, mark)))
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    return b64decode(found["jpeg"])


def fingerprint(body: Body) -> PictureFacts:
    """Return size and perceptual hash of a picture. Raises ``Unreadable``, ``GaveUp``."""
    found = sandbox.ask("fingerprint", body, "")
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    return PictureFacts(**found)
