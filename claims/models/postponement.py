"""What people do with suggestions besides weighing them: put one off for later, and take back an answer."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.evidence import Evidence
from claims.models.vocabulary import AssertionStatus, Nearness, Stance
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User


class PostponementQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """The rows of suggestions that are put off now."""
        return self.filter(taken_up_at=None)


class Postponement(models.Model):
    """That a person put a suggestion off: not decided, to be weighed later. It ends when somebody takes it up."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="put_offs", verbose_name=_("evidence"))
    put_off_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("put off by"))
    put_off_at = models.DateTimeField(_("put off at"), auto_now_add=True)
    taken_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken up by"))
    taken_up_at = models.DateTimeField(_("taken up at"), null=True)

    objects = PostponementQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion put off")
        verbose_name_plural = _("suggestions put off")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("evidence", condition=Q(taken_up_at=None), name="put_off_once"),
            models.CheckConstraint(
                condition=Q(taken_up_by=None, taken_up_at=None)
                | Q(taken_up_by__isnull=False, taken_up_at__isnull=False),
                name="taken_up_by_a_person",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("evidence_id", "put_off_by_id", "put_off_at"),
            frozen("taken_up_by_id", "taken_up_at", once="OLD.taken_up_at IS NOT NULL", name="taken_up_once"),
        ]

    def __str__(self) -> str:
        return str(self.evidence_id)


class TakenBack(models.Model):
    """What a person had said about a passage before they took it back, so that it waits again. Append-only.

    A trigger lets evidence become a suggestion again only in the transaction that added such a row.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="taken_back", verbose_name=_("evidence"))
    standing = models.CharField(_("assessment"), max_length=10, choices=AssertionStatus)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, blank=True)
    nearness = models.CharField(_("primary or secondary"), max_length=10, choices=Nearness)
    note = models.TextField(_("note"), blank=True)
    settled_at = models.DateTimeField(_("confirmed or rejected at"))
    taken_back_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("taken back by"))
    taken_back_at = models.DateTimeField(_("taken back at"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer taken back")
        verbose_name_plural = _("answers taken back")
        ordering = ["-taken_back_at", "-pk"]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="dated",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.taken_back_at := now(); RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_standing_display()} {self.get_stance_display()}".strip()
