"""Drafts: what a person has written into a form and not sent yet, or what was refused; each is its owner's alone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User

KEPT_FOR = timedelta(days=30)  # after it was last saved; longer than a holiday, and no archive of discarded thoughts
LONGEST_PATH = 300
LONGEST_TITLE = 200
FORM = "form"  # in the query of the address of a draft: which of several new objects begun at one address

Fields = list[tuple[str, str]]  # names and values of a form, in the order in which the browser sent them


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, person: User) -> Self:
        """The drafts of a person that have not expired, the newest first."""
        return self.filter(owner=person, saved_at__gt=timezone.now() - KEPT_FOR)

    def at(self, path: str) -> Self:
        """The drafts at an address: one, or one for each new object that was begun there."""
        return self.filter(Q(path=path) | Q(path__startswith=f"{path}?{FORM}="))

    def expired(self) -> Self:
        """Drafts that nobody has saved for so long that they are removed."""
        return self.filter(saved_at__lte=timezone.now() - KEPT_FOR)


class Draft(models.Model):
    """The words of one person for one form, which its address names. Nobody else reads them, not even in the admin."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("written by"))
    path = models.CharField(_("address of the form"), max_length=LONGEST_PATH)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    fields = models.TextField(_("fields"))  # JSON: a text column, as jsonb takes no null character
    saved_at = models.DateTimeField(_("saved at"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint("owner", "path", name="one_draft_per_person_and_form")]
        indexes = [models.Index("saved_at", name="draft_by_time")]

    def __str__(self) -> str:
        return self.title or self.path

    @property
    def sent(self) -> Fields:
        """The fields as the browser sent them."""
        return [(name, value) for name, value in json.loads(self.fields)]

    @property
    def data(self) -> QueryDict:
        """The fields as a form takes them."""
        data = QueryDict(mutable=True)
        for name, value in self.sent:
            data.appendlist(name, value)
        return data

    @property
    def expires_at(self) -> datetime:
        """When it is removed, unless its owner saves it again."""
        return self.saved_at + KEPT_FOR
