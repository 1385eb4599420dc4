"""Find the newest extracted text of a document: the one in which people pick and mark words."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sources.models import Document, Reading
from sources.models.document import NOTE
from workbench.desk.compiled_queries import CompiledQuery


def newest_text(document: Document) -> Reading | None:
    """Return the newest reading that has a text; notes that people wrote on a file are none."""
    return texts(document.pk).first()


def has_text(document: int) -> bool:
    """Return whether a document, given its key, has a text in which words can be picked and marked."""
    return bool(_some_text(document, most=1))


@CompiledQuery
def _some_text(document: int) -> QuerySet[Any]:
    return texts(document).order_by().values_list("pk", flat=True)


def is_awaited(document: Document) -> bool:
    """Return whether the text of a document is still to come: its page is not fetched yet, or not read."""
    is_new = document.is_web and not document.last_outcome and document.due_at is not None
    return is_new or Reading.objects.filter(capture__document=document, read_at=None).exists()


def texts(document: int) -> QuerySet[Reading]:
    """Return the readings of a document, given its key, that have a text: the newest first, without notes of people."""
    rows = Reading.objects.filter(capture__document=document, read_at__isnull=False)
    return rows.exclude(text="").exclude(reader__startswith=NOTE).order_by("-capture__taken_at", "-pk")
