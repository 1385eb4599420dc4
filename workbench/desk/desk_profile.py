"""What a desk says of itself: its name, whom to write to, its time zone and languages, how reports name its people.

What the operator sets in the environment comes first; what an administrator sets on the page of the desk stands for the
rest. Each change is a new version.
"""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workbench.desk.guards import append_only
from workbench.desk.models import User
from workbench.desk.vocabulary import NamePrinted


class DeskProfileQuerySet(models.QuerySet["DeskProfile"]):
    def newest(self) -> DeskProfile | None:
        """Return the version in force; None while nobody has set one."""
        return self.order_by("-pk").first()

    def names(self) -> str:
        """Return how reports name people who have chosen nothing: a value of ``NamePrinted``."""
        return self.order_by("-pk").values_list("names", flat=True).first() or NamePrinted.FULL


class DeskProfile(models.Model):
    """One version of what the desk says of itself. Append-only."""

    name = models.CharField(_("name of the desk"), max_length=100)
    contact = models.CharField(_("contact for publishers"), max_length=300, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60)
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    names = models.CharField(_("names in reports"), max_length=4, choices=NamePrinted, default=NamePrinted.FULL)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)

    objects: ClassVar[Any] = DeskProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desk, in versions")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="desk_has_a_name"),
            models.CheckConstraint(condition=Q(names__in=["full", "role"]), name="desk_names_known"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.name


def name() -> str:
    """Return the name of the desk: that of the environment, else the one set on its page, else the placeholder."""
    if settings.DESK_NAME != settings.DESK_NAME_PLACEHOLDER:
        return str(settings.DESK_NAME)
    row: DeskProfile | None = DeskProfile.objects.newest()
    return row.name if row else str(settings.DESK_NAME)


def contact() -> str:
    """Return the address at which publishers reach the desk, as ``name`` finds the name."""
    if settings.CRAWLER_CONTACT != settings.CONTACT_PLACEHOLDER:
        return str(settings.CRAWLER_CONTACT)
    row: DeskProfile | None = DeskProfile.objects.newest()
    return row.contact if row and row.contact else str(settings.CRAWLER_CONTACT)


def zone() -> ZoneInfo:
    """Return the time zone of the desk, as ``name`` finds the name."""
    row: DeskProfile | None = None if settings.TIME_ZONE_IS_SET else DeskProfile.objects.newest()
    return ZoneInfo(row.time_zone if row else settings.TIME_ZONE)


def user_agent() -> str:
    """Return how the desk introduces itself to the servers that it visits."""
    return f"{settings.PRODUCT}/{settings.PRODUCT_VERSION} (+{contact()})"


def languages() -> list[str]:
    """Return the languages in which the desk follows the news; empty where nobody has said."""
    row: DeskProfile | None = DeskProfile.objects.newest()
    return list(row.languages) if row else []
