"""Tell items of a feed that are sound or video alone, without a page of text that could be read."""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import urlsplit

MEDIA = ("audio", "video")


def is_media_alone(row: dict[str, Any]) -> bool:
    """Return whether an item names a file of sound or video and no page: no address at all, or that of the file.

    ``row`` has ``link`` and, as feedparser has them, ``enclosures`` with ``href`` and ``type``, or the
    ``attachments`` of a JSON feed.
    """
    link = str(row.get("link") or row.get("url") or row.get("external_url") or "")
    files = [each for each in [*_rows(row, "enclosures"), *_rows(row, "attachments")] if _is_media(each)]
    return bool(files and (not link or link in {_address(each) for each in files})) or _is_media_file(link)


def _rows(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = row.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _address(file: dict[str, Any]) -> str:
    return str(file.get("href") or file.get("url") or "")


def _is_media(file: dict[str, Any]) -> bool:
    kind = str(file.get("type") or file.get("mime_type") or "").lower()
    return kind.startswith(MEDIA) or _is_media_file(_address(file))


def _is_media_file(url: str) -> bool:
    """Return whether the name of a file in an address is one of sound or video."""
    try:
        kind = mimetypes.guess_type(urlsplit(url).path)[0] or ""
    except ValueError:
        return False
    return kind.startswith(MEDIA)
