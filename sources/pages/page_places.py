"""Where on a page a title, an author or a date was found, in words for people."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# As readers note it (sources.formats.titles, .bylines and .publication_dates).
PLACES: Mapping[str, Promise] = {
    "json-ld": _("the data for search engines"),
    "meta": _("the meta elements"),
    "heading": _("the headline"),
    "title": _("the title element"),
    "page": _("the visible page"),
    "time": _("the time element at the headline"),
    "printed": _("the line at the headline"),
    "url": _("the address"),
    "mail-date": _("the header of the mail, in which the sender’s program can write any date"),
}


def place(method: str) -> str:
    """Return the words for a place; what a reader of another version noted stays as it is."""
    return str(PLACES.get(method, method))
