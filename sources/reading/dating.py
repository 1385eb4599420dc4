"""Set the date of publication of a document, as a person knows it; undo that; and keep what readers find beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import DateSetting, Document, Reading
from sources.models.vocabulary import DatePrecision, Outcome, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

EARLIEST = date(1450, 1, 1)  # before there was print, nothing was published
WRITTEN: dict[str, str] = {DatePrecision.YEAR: "%Y", DatePrecision.MONTH: "%Y-%m", DatePrecision.DAY: "%Y-%m-%d"}


@transaction.atomic
def set_date(document: Document, *, by: User, day: date, precision: str, reason: str) -> DateSetting:
    """Set the date of publication of a document, with the reason; no reader changes it until somebody undoes it.

    ``day`` counts as far as ``precision`` goes: day, month or year. Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if not reason.strip():
        raise Refusal(_("Give a reason: nobody can check a decision without one."), "no_reason", field="reason")
    if not EARLIEST <= day <= timezone.localdate():
        raise Refusal(_("Enter today’s date or an earlier date."), "not_yet", field="day")
    held = _hold(document)
    at = _start(day, DatePrecision(precision))
    before = held.date_setting
    setting = DateSetting.objects.create(
        document=held,
        published_at=at,
        precision=precision,
        reason=reason.strip(),
        set_by=by,
        before_at=before.before_at if before else held.published_at,
        before_precision=before.before_precision if before else held.published_precision,
        before_until=before.before_until if before else held.published_until,
    )
    if before is not None:
        _end(before, by)
    _write(held, setting, published_at=at, published_precision=precision, published_until=None)
    audit.record(
        by,
        SourceVerb.SET_DATE,
        held,
        date=_words(at, precision),
        reason=setting.reason,
        before=_words(setting.before_at, setting.before_precision),
    )
    return setting


@transaction.atomic
def undo_date(document: Document, *, by: User) -> Document:
    """Give a document back the date that its newest text has, or else the one it had before a person set one.

    Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    held = _hold(document)
    setting = held.date_setting
    if setting is None:
        raise Refusal(_("Nobody has set the date of this document."), "not_set")
    _end(setting, by)
    found = _newest(held)
    _write(held, None, **(found or _before(setting)))
    audit.record(by, SourceVerb.UNDID_DATE, held, before=_words(setting.published_at, setting.precision))
    return held


def found_in(reading: Reading) -> dict[str, Any]:
    """Return the date columns of a document whose newest text is this one; none where a person set its date."""
    if reading.capture.document.date_setting_id or reading.published_at is None:
        return {}
    return _columns(reading)


def _newest(document: Document) -> dict[str, Any]:
    readings = Reading.objects.filter(capture__document=document, is_left_out=False)
    dated = readings.filter(outcome=Outcome.OK, read_at__isnull=False).exclude(published_at=None).defer("text")
    newest = dated.order_by("-capture__taken_at", "-pk").first()
    return {} if newest is None else _columns(newest)


def _columns(reading: Reading) -> dict[str, Any]:
    return {
        "published_at": reading.published_at,
        "published_precision": reading.published_precision,
        "published_until": reading.published_until,
    }


def _before(setting: DateSetting) -> dict[str, Any]:
    return {
        "published_at": setting.before_at,
        "published_precision": setting.before_precision,
        "published_until": setting.before_until,
    }


def _hold(document: Document) -> Document:
    """Return the document as it is now, locked until the transaction ends: a worker may be about to date it."""
    held: Document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    return held


def _end(setting: DateSetting, by: User) -> None:
    setting.undone_at, setting.undone_by = timezone.now(), by
    setting.save(update_fields=["undone_at", "undone_by"])


def _write(document: Document, setting: DateSetting | None, **columns: Any) -> None:
    Document.objects.filter(pk=document.pk).update(date_setting=setting, **columns)


def _start(day: date, precision: DatePrecision) -> datetime:
    """Return the start, in UTC, of the day, month or year of a day; times of day are not set by hand."""
    month = 1 if precision == DatePrecision.YEAR else day.month
    first = day.day if precision == DatePrecision.DAY else 1
    return datetime(day.year, month, first, tzinfo=UTC)


def _words(at: datetime | None, precision: str) -> str:
    """Return a date as the log keeps it: as exact as it is."""
    return "" if at is None else at.strftime(WRITTEN.get(precision, "%Y-%m-%d %H:%M UTC"))
