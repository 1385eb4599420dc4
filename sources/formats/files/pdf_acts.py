"""What the program of the sandbox does with a PDF besides reading it: draw a page, and tell where words stand on it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from sources.formats.files import pdf_picture
from sources.formats.unreadable import Unreadable


def page_picture(body: bytes, **asked: Any) -> dict[str, Any]:
    """Return the picture of a page as ``pdf_picture.picture`` draws it, in base 64; or why there is none."""
    try:
        return {"png": b64encode(pdf_picture.picture(body, **_own(asked))).decode("ascii")}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}


def boxes(body: bytes, **asked: Any) -> dict[str, Any]:
    """Return where words stand on a page as ``pdf_picture.boxes`` tells it; or why nobody can."""
    try:
        return {"boxes": pdf_picture.boxes(body, **_own(asked))}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}


def _own(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what an act asks of a PDF, without what every question names."""
    return {name: value for name, value in asked.items() if name not in {"content_type", "url"}}
