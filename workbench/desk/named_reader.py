"""Named readers: that a person may read something which only named people read, since when, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User


class NamedReaderQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """The rows that say who may read now."""
        return self.filter(ended_at=None)


class NamedReader(models.Model):
    """That a person may read something. Each model of them has the thing itself as a foreign key."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("named by"))
    given_at = models.DateTimeField(_("named at"), auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("removed by"))
    ended_at = models.DateTimeField(_("removed at"), null=True)

    objects = NamedReaderQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)

    def end(self, *, by: User) -> None:
        """Take this person off the list of those who read it."""
        self.ended_by, self.ended_at = by, timezone.now()
        self.save(update_fields=["ended_by", "ended_at"])


def ended_by_a_person(name: str) -> models.CheckConstraint:
    """Return the constraint that whoever is removed was removed by somebody."""
    condition = Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False)
    return models.CheckConstraint(condition=condition, name=name)


def named_for(thing: str) -> Iterable[pgtrigger.Trigger]:
    """Return the triggers of a table of readers, given the column of what they read: rows only end, and once."""
    return [
        *append_only(updates=True),
        frozen(thing, "person_id", "given_by_id", "given_at"),
        frozen("ended_by_id", "ended_at", once="OLD.ended_at IS NOT NULL", name="ended_once"),
    ]
