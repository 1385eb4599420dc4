"""The pictures of pages that a report cites: of files that the desk holds, with the passage marked."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from sources.models import Capture
from sources.reading import page_pictures
from workbench.desk.refusal import Refusal

Facts = dict[str, Any]

FOLDER = (
    settings.VAR / "page_pictures"
)  # drawing one takes a third of a second, and anybody may ask; each has some 150 KB
WIDTH = 1_000  # pixels


def of(content: Facts) -> dict[int, bytes]:
    """Return the pictures of the pages that a report cites, by the number of the evidence; some may be missing."""
    found = {}
    for item in content["evidence"]:
        try:
            found[item["number"]] = of_item(item)
        except Refusal:
            continue
    return found


def of_item(item: Facts) -> bytes:
    """Return the picture (PNG) of the page that one piece of evidence stands on. Raises ``Refusal``."""
    if not item.get("page"):
        raise Refusal("This evidence stands on no page of a file.", "no_picture")
    asked = (
        f"{page_pictures.DRAWN_BY} {item['sha256']} {item['page']} {item['page_offset']} {WIDTH} {item['page_words']}"
    )
    file = FOLDER / f"{hashlib.sha256(asked.encode()).hexdigest()}.png"
    if file.exists():
        return file.read_bytes()
    capture = Capture.objects.filter(sha256=item["sha256"], revisits=None).select_related("attempt").first()
    if capture is None:
        raise Refusal("The file is not held any more.", "no_picture")
    drawn = page_pictures.picture(capture, item["page"], item["page_words"], item["page_offset"], WIDTH)
    _keep(file, drawn)
    return drawn


def _keep(file: Path, drawn: bytes) -> None:
    """Write a picture in full or not at all, also if another process writes it now."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as half:
        half.write(drawn)
    Path(half.name).replace(file)
