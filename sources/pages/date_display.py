"""Dates for the pages of documents: no more exact than they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.dateformat import format as in_letters
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sources.models import Document, Reading
from sources.models.vocabulary import DatePrecision

# For each precision: how a machine reads the date, and the format in which people do.
FORMATS = {
    DatePrecision.YEAR: ("Y", "Y"),
    DatePrecision.MONTH: ("Y-m", "YEAR_MONTH_FORMAT"),
    DatePrecision.DAY: ("Y-m-d", "DATE_FORMAT"),
}
EXACT = ("c", "DATETIME_FORMAT")


@dataclass(frozen=True)
class ShownDate:
    """A date in words, as a machine reads it, and how it is known."""

    text: str
    machine: str = ""
    known_by: str = ""


def at(moment: datetime) -> str:
    """Return a moment in words, in the time zone of the page."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def publication(document: Document, reading: Reading | None) -> ShownDate:
    """Return when a document was published: as its text says, or its feed where no text was extracted."""
    if reading is None:
        return _shown(document.published_at, EXACT, _("according to the feed"))
    known_by = ""
    if reading.published_method:
        names = {"method": reading.published_method, "confidence": floatformat(reading.published_confidence, 2)}
        known_by = _("date found by %(method)s, confidence %(confidence)s") % names
    return _shown(reading.published_at, _formats(reading.published_precision), known_by)


def _formats(precision: str) -> tuple[str, str]:
    return FORMATS.get(DatePrecision(precision), EXACT) if precision in DatePrecision.values else EXACT


def _shown(moment: datetime | None, formats: tuple[str, str], known_by: str) -> ShownDate:
    if moment is None:
        return ShownDate(_("No date found"))
    machine, human = formats
    local = timezone.localtime(moment)
    return ShownDate(date_format(local, human), in_letters(local, machine), known_by)
