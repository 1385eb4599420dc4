"""Passages of a file to pick from, one page of the file at a time: a long PDF has thousands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sources.models import Reading
from sources.models.file_pages import pages_of
from workbench.pages.http import Request, number


@dataclass(frozen=True)
class PickPage:
    """The page of a file whose passages are shown; 0 stands for no page before or after it."""

    number: int
    count: int
    previous: int
    next: int
    picture: str = ""  # its address, where a picture can be drawn
    label: str = ""  # what is printed on it as its number


def on_page(request: Request, reading: Reading | None, passages: Any) -> tuple[Any, PickPage | None]:
    """Return the passages on the page of a file that is asked for, and that page; all, where a text has no pages."""
    pages = pages_of(reading) if reading else []
    if reading is None or not pages:
        return passages, None
    asked = min(max(number(request.GET.get("page", "")) or 1, 1), len(pages))
    page = pages[asked - 1]
    picture = reverse("sources:page_picture", args=[reading.capture_id, asked])
    shown = PickPage(asked, len(pages), asked - 1, asked + 1 if asked < len(pages) else 0, picture, page.label)
    return passages.filter(start__lt=page.end, end__gt=page.start), shown
