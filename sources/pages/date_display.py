"""Dates for the pages of documents: no more exact than they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.dateformat import format as in_letters
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sources.models import DateSetting, Document, Publication, Reading, publication_of
from sources.models.vocabulary import DatePrecision
from sources.pages.page_places import place

# For each precision: how a machine reads the date, and the format in which people do.
FORMATS = {
    DatePrecision.YEAR: ("Y", "Y"),
    DatePrecision.MONTH: ("Y-m", "YEAR_MONTH_FORMAT"),
    DatePrecision.DAY: ("Y-m-d", "DATE_FORMAT"),
}
EXACT = ("c", "DATETIME_FORMAT")


@dataclass(frozen=True)
class ShownDate:
    """A date in words, as a machine reads it, how it is known, and what else the page says of it."""

    text: str
    machine: str = ""
    known_by: str = ""
    others: tuple[str, ...] = ()
    is_set: bool = False  # by a person


def at(moment: datetime) -> str:
    """Return a moment in words, in the time zone of the page."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def publication(document: Document, reading: Reading | None) -> ShownDate:
    """Return when a document was published: as a person set it, or as its text says, or its feed where it has none."""
    shown = day(document, reading)
    if document.date_setting is not None:
        return replace(shown, known_by=_set(document.date_setting), is_set=True, others=_others(reading, with_own=True))
    if reading is None or reading.published_at is None:
        known_by = _("according to the feed") if document.published_at else ""
        return replace(shown, known_by=known_by, others=_others(reading))
    return replace(shown, known_by=_method(reading), others=_others(reading))


def day(document: Document, reading: Reading | None = None) -> ShownDate:
    """Return the date of a document in words, without how it is known; of a moment its time, too."""
    return _shown(publication_of(document, reading))


def short(found: Publication) -> ShownDate:
    """Return a date in words for a list: of a moment no more than its day, where the page is read."""
    if found.at is not None and found.precision not in FORMATS:
        found = found._replace(at=timezone.localtime(found.at), precision=DatePrecision.DAY)
    return _shown(found)


def _set(setting: DateSetting) -> str:
    values = {"person": setting.set_by, "when": at(setting.set_at), "reason": setting.reason}
    return _("set by %(person)s, %(when)s: %(reason)s") % values


def _method(reading: Reading) -> str:
    if not reading.published_method:
        return ""
    names = {"place": place(reading.published_method), "confidence": floatformat(reading.published_confidence, 2)}
    return _("date found in %(place)s, confidence %(confidence)s") % names


def _others(reading: Reading | None, *, with_own: bool = False) -> tuple[str, ...]:
    """Return what the page itself says of its date, beside the one that is shown."""
    if reading is None:
        return ()
    found = []
    if with_own and reading.published_at is not None:
        own = _shown(Publication(reading.published_at, reading.published_precision, reading.published_until))
        values = {"date": own.text, "method": place(reading.published_method)}
        found.append(_("The page says: %(date)s (%(method)s)") % values)
    for doubt in reading.doubts:
        if doubt["field"] == "published":
            date = _shown(Publication(datetime.fromisoformat(doubt["value"]), doubt["precision"]))
            values = {"date": date.text, "method": place(doubt["method"])}
            found.append(_("Elsewhere the page says: %(date)s (%(method)s)") % values)
    if reading.date_written:
        found.append(_("The page has this date: %(date)s") % {"date": reading.date_written})
    return tuple(found)


def _shown(found: Publication) -> ShownDate:
    """Return a date in words. A day is that of the publisher: it has no time zone, so none is applied."""
    if found.at is None:
        return ShownDate(_("No date found"))
    is_known = found.precision in DatePrecision.values
    machine, human = FORMATS.get(DatePrecision(found.precision), EXACT) if is_known else EXACT
    is_day = human != EXACT[1]
    moments = [moment if is_day else timezone.localtime(moment) for moment in (found.at, found.until) if moment]
    words = [date_format(moment, human) for moment in moments]
    text = words[0] if len(words) == 1 else _("%(day)s or %(other_day)s") % {"day": words[0], "other_day": words[1]}
    return ShownDate(text, in_letters(moments[0], machine) if len(words) == 1 else "")
