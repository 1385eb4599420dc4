"""The words of a claim before the person who logged it corrected them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import LONGEST_SHORT_TEXT, Claim
from claims.models.vocabulary import ClaimType
from sources.models.vocabulary import DatePrecision
from workbench.desk.guards import append_only
from workbench.desk.models import User


class ClaimVersion(models.Model):
    """What a claim said before one correction, with who made it, when and why. Append-only.

    A trigger lets the words of a claim change only in the transaction that added the version with the old ones.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="versions", verbose_name=_("claim"))
    text = models.TextField(_("claim"))
    short_text = models.CharField(_("short version"), max_length=LONGEST_SHORT_TEXT, blank=True)
    language = models.CharField(_("language"), max_length=8)
    type = models.CharField(_("type"), max_length=12, choices=ClaimType)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("why it matters"), blank=True)
    reason = models.TextField(_("reason for the correction"))
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("corrected by"))
    changed_at = models.DateTimeField(_("corrected at"), auto_now_add=True)

    class Meta:
        verbose_name = _("earlier version of a claim")
        verbose_name_plural = _("earlier versions of claims")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="version_has_text"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="version_has_a_reason"),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="dated",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.changed_at := now(); RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.short_text or self.text[:80]
