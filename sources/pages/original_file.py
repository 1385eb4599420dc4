"""The file as a person brought it: who may have it back, under which name, and whether it may be a program."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from sources.capturing import bringing
from sources.models import Bringing, Capture, Document
from sources.models.vocabulary import SourceAct
from workbench.desk.models import User


@dataclass(frozen=True)
class OriginalFile:
    """A file to save: its address, name and size; whether opening it may run it."""

    url: str
    name: str
    size: int
    is_program: bool


def of_capture(capture: Capture, person: User) -> OriginalFile | None:
    """Return the file that was brought, for whoever may have it: reviewers, and who brought it; else None."""
    rows = list(Bringing.objects.filter(capture=capture).values_list("by", "file_name").order_by("pk"))
    if not rows or not (person.may(SourceAct.READ_RAW) or person.pk in {by for by, _name in rows}):
        return None
    names = [name for by, name in sorted(rows, key=lambda row: row[0] != person.pk) if name]
    url = reverse("sources:raw", args=[capture.pk])
    is_program = bringing.is_program(capture, names)
    return OriginalFile(url, names[0] if names else f"capture-{capture.pk}.bin", capture.size, is_program)


def of_document(document: Document, person: User) -> OriginalFile | None:
    """Return the file that a document is; None for a page."""
    if not document.is_brought:
        return None
    capture = document.captures.select_related("attempt", "revisits").order_by("pk").first()
    return of_capture(capture, person) if capture else None
