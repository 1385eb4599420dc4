"""Find the newest extracted text of a document: the one in which people pick and mark words."""

from __future__ import annotations

from sources.models import Document, Reading
from sources.models.document import NOTE


def newest_text(document: Document) -> Reading | None:
    """Return the newest reading that has a text; notes that people wrote on a file are none."""
    readings = Reading.objects.filter(capture__document=document, read_at__isnull=False).exclude(text="")
    readings = readings.exclude(reader__startswith=NOTE)
    return readings.order_by("-capture__taken_at", "-pk").first()
