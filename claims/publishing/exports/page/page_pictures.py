"""The pictures of pages that a report cites: of files that the desk holds, with the passage marked."""

from __future__ import annotations

from typing import Any

from sources.models import Capture
from sources.reading import page_pictures
from workbench.desk.refusal import Refusal

Facts = dict[str, Any]


def of(content: Facts) -> dict[int, bytes]:
    """Return the pictures of the pages that a report cites, by the number of the evidence; some may be missing."""
    found = {}
    for item in content["evidence"]:
        try:
            found[item["number"]] = of_item(item)
        except Refusal:
            continue
    return found


def of_item(item: Facts, *, waits: bool = True) -> bytes:
    """Return the picture (PNG) of the page that one piece of evidence stands on. Raises ``Refusal``."""
    if not item.get("page"):
        raise Refusal("This evidence stands on no page of a file.", "no_picture")
    capture = Capture.objects.filter(sha256=item["sha256"], revisits=None).select_related("attempt").first()
    if capture is None:
        raise Refusal("The file is not held any more.", "no_picture")
    place = (item["page"], item["page_words"], item["page_offset"])
    return page_pictures.picture(capture, *place, waits=waits, keeps=True)
