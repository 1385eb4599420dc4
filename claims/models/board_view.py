"""Saved views of the board: a filter, an order and columns under a name, for one person or for the whole desk."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User

LONGEST_VIEW_NAME = 60  # characters
LONGEST_VIEW = 2_000  # of its query


class BoardViewQuerySet(models.QuerySet["BoardView"]):
    def seen_by(self, person: User) -> Self:
        """A person’s own views, and those that others share."""
        return self.filter(Q(owner=person) | Q(is_shared=True))


class BoardView(models.Model):
    """A saved view. What it shows depends on who looks: it holds a question, and no claim."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    name = models.CharField(_("name"), max_length=LONGEST_VIEW_NAME)
    query = models.CharField(_("filter"), max_length=LONGEST_VIEW, blank=True)
    is_shared = models.BooleanField(_("shared"), default=False)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    objects = BoardViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("owner", "name", name="one_view_per_name"),
            models.CheckConstraint(condition=~Q(name=""), name="view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return where the view is shown."""
        return f"{reverse('claims:claims')}?{self.query}"
