"""The acts of the sandbox on pictures: a small copy to show, and the perceptual hash."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from sources.formats.files import pdq, picture
from sources.formats.unreadable import Unreadable


def preview(body: bytes, *, side: int, mark: str, **_asked: str) -> dict[str, Any]:
    """Return a small JPEG of a picture, with the place ``mark`` drawn in it, as "x,y,width,height" in thousandths."""
    try:
        return {"jpeg": b64encode(picture.copy(body, side, map(int, filter(None, mark.split(","))))).decode()}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}


def fingerprint(body: bytes, **_asked: str) -> dict[str, Any]:
    """Return width and height of a picture, its perceptual hash, and how much detail that rests on."""
    try:
        width, height = picture.upright_size(picture.opened(body))
        found = pdq.of(picture.small(body, pdq.LARGEST))
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}
    known = {"pdq": found.pdq, "quality": found.quality} if found else {"pdq": "", "quality": 0}
    return {"width": width, "height": height, **known}
