"""Checklists: what the desk wants looked at for each type of claim, and what people ticked. A tick opens no gate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.claim_plan import EndingRow
from claims.models.vocabulary import ClaimType
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User

LONGEST_ITEM = 300  # characters


class ChecklistItem(models.Model):
    """A line of the checklist for a type of claim. Other words make a new line: ticks stay with their words."""

    type = models.CharField(_("type of claim"), max_length=12, choices=ClaimType)
    text = models.CharField(_("what to look at"), max_length=LONGEST_ITEM)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    in_use = models.BooleanField(_("in use"), default=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"), editable=False)
    made_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        verbose_name = _("line of a checklist")
        verbose_name_plural = _("lines of checklists")
        ordering = ["type", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=ClaimType.values), name="checklist_type_known"),
            models.CheckConstraint(condition=~Q(text=""), name="checklist_item_has_text"),
        ]
        triggers = [*append_only(updates=True), frozen("type", "text", "made_by_id", "made_at")]

    def __str__(self) -> str:
        return self.text


class ChecklistTick(EndingRow):
    """That a person has looked at a line of the checklist for a claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="ticks", verbose_name=_("claim"))
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="ticks", verbose_name=_("line"))

    class Meta(EndingRow.Meta):
        verbose_name = _("ticked line of a checklist")
        verbose_name_plural = _("ticked lines of checklists")
        constraints = [
            *EndingRow.Meta.constraints,
            models.UniqueConstraint("claim", "item", condition=Q(ended_at=None), name="ticked_once_per_claim"),
        ]
        triggers = [*EndingRow.Meta.triggers, frozen("claim_id", "item_id")]

    def __str__(self) -> str:
        return str(self.item)
