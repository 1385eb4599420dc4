"""Dates of publication that people set, and the spans of time that a date may stand for."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.document import Document, Reading
from sources.models.vocabulary import DatePrecision
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User


class Publication(NamedTuple):
    """When a document was published: exact to ``precision``; ``until`` is the later of two readings of a date."""

    at: datetime | None
    precision: str = ""
    until: datetime | None = None


class DateSetting(models.Model):
    """The date of publication that a person set for a document, with the reason. Append-only, but it can be undone.

    ``before_at`` and the columns beside it hold the date that the document had, for the day when this is undone.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="date_settings", verbose_name=_("document"), db_index=True
    )
    published_at = models.DateTimeField(_("published at"))
    precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision)
    reason = models.TextField(_("reason"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)
    before_at = models.DateTimeField(_("before"), null=True, editable=False)
    before_precision = models.CharField(max_length=10, choices=DatePrecision, blank=True, editable=False)
    before_until = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("date set by a person")
        verbose_name_plural = _("dates set by people")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(precision__in=DatePrecision.values), name="date_setting_precision"),
            models.CheckConstraint(condition=~Q(reason=""), name="date_setting_has_a_reason"),
        ]
        triggers = [
            *append_only(updates=True),
            frozen(
                *["document_id", "published_at", "precision", "reason", "set_by_id", "set_at"],
                *["before_at", "before_precision", "before_until"],
            ),
            frozen("undone_at", "undone_by_id", once="OLD.undone_at IS NOT NULL", name="undone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.published_at:%Y-%m-%d}"


def publication_of(document: Document, reading: Reading | None) -> Publication:
    """Return when a document was published: as a person set it, else as a reading found it, else as its feed says."""
    if reading is None or document.date_setting_id or reading.published_at is None:
        return Publication(document.published_at, document.published_precision, document.published_until)
    return Publication(reading.published_at, reading.published_precision, reading.published_until)
