"""What the program of the sandbox does with a PDF besides reading it: draw a page, and tell where words stand on it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from sources.formats.files import pdf_picture
from sources.formats.html import Unreadable


def page_picture(body: bytes, content_type: str, url: str, **asked: Any) -> dict[str, Any]:
    """Return the picture of a page as ``pdf_picture.picture`` draws it, in base 64; or why there is none."""
    try:
        return {"png": b64encode(pdf_picture.picture(body, **asked)).decode("ascii")}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}


def boxes(body: bytes, content_type: str, url: str, **asked: Any) -> dict[str, Any]:
    """Return where words stand on a page as ``pdf_picture.boxes`` tells it; or why nobody can."""
    try:
        return {"boxes": pdf_picture.boxes(body, **asked)}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}
