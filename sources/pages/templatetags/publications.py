"""Show when a document was published, as exactly as that is known."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sources.models import Document, Publication, Reading, publication_of
from sources.pages import date_display

register = template.Library()


@register.filter
def publication_day(document: Document, reading: Reading | None = None) -> SafeString | str:
    """Return the day of a document, or its month or year where no more is known; empty where it has no date."""
    return publication_date(publication_of(document, reading))


@register.filter
def publication_date(found: Publication) -> SafeString | str:
    """Return the day of a publication, or its month or year where no more is known; empty where it has no date."""
    if found.at is None:
        return ""
    shown = date_display.short(found)
    return format_html('<time datetime="{}">{}</time>', shown.machine, shown.text) if shown.machine else shown.text
