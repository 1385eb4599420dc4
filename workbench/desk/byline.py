"""Bylines: the name under which reports print a person. The log always keeps the person."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from workbench.desk.desk_profile import DeskProfile
from workbench.desk.models import User
from workbench.desk.roles import Role
from workbench.desk.vocabulary import NamePrinted


class Byline(models.Model):
    """How one person wants to be named in reports: in full, by a pen name, or by what they do at the desk."""

    person = models.OneToOneField(User, models.PROTECT, related_name="byline", verbose_name=_("person"))
    printed = models.CharField(_("named in reports"), max_length=4, choices=NamePrinted)
    pen_name = models.CharField(_("pen name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.CheckConstraint(condition=Q(printed__in=NamePrinted.values), name="byline_known"),
            models.CheckConstraint(
                condition=Q(printed=NamePrinted.PEN) & ~Q(pen_name="") | ~Q(printed=NamePrinted.PEN) & Q(pen_name=""),
                name="byline_has_its_pen_name",
            ),
        ]

    def __str__(self) -> str:
        return self.pen_name or self.get_printed_display()


def _role(person: User) -> str:
    """Return what somebody does at the desk, as one person may be called."""
    if person.role == Role.REVIEWER:
        return pgettext("byline", "Reviewer")
    if person.role == Role.EDITOR:
        return pgettext("byline", "Editor")
    return pgettext("byline", "Reporter") if person.role == Role.REPORTER else pgettext("byline", "Desk member")


class PrintedNames:
    """The names under which one report or package prints people: by their own choice, or by that of the desk.

    People who are named by what they do get numbers in the order in which they are first named. What is added to a
    report later cannot know these numbers, so it gives none (``numbered``).
    """

    def __init__(self, *, numbered: bool = True) -> None:
        self._numbered = numbered
        self._given: dict[int, str] = {}
        self._numbers: Counter[str] = Counter()

    @cached_property
    def _chosen(self) -> dict[int, Byline]:
        return {row.person_id: row for row in Byline.objects.all()}

    @cached_property
    def _usual(self) -> str:
        return str(DeskProfile.objects.names())

    def how(self, person: User) -> str:
        """Return how a person is named: a value of ``NamePrinted``."""
        own = self._chosen.get(person.pk)
        return own.printed if own else self._usual

    def of(self, person: User | None) -> str:
        """Return the name that is printed for a person, in the language that is active; empty for nobody."""
        if person is None:
            return ""
        if person.pk not in self._given:
            self._given[person.pk] = self._name(person)
        return self._given[person.pk]

    def _name(self, person: User) -> str:
        how = self.how(person)
        if how == NamePrinted.PEN:
            return self._chosen[person.pk].pen_name
        if how == NamePrinted.FULL:
            return str(person)
        role = _role(person)
        if not self._numbered:
            return role
        self._numbers[role] += 1
        return f"{role} {self._numbers[role]}"
