"""Confidential sources: who they are, encrypted, and the people who may read it; all others know a pseudonym."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source
from workbench.desk.declarations import HiddenRows
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User


class SourceIdentity(models.Model):
    """Who a confidential source is: encrypted, and bound by a salted hash. Append-only.

    The row of the source has a pseudonym as its name, so the name is in no other column.
    """

    source = models.OneToOneField(Source, models.PROTECT, related_name="identity", verbose_name=_("source"))
    ciphertext = models.TextField(_("name, encrypted"), editable=False)
    commitment = models.CharField(_("salted hash of the name"), max_length=64, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    made_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("identity of a confidential source")
        verbose_name_plural = _("identities of confidential sources")
        triggers = [*append_only()]

    def __str__(self) -> str:
        return str(self.source)


class IdentityReaderQuerySet(models.QuerySet["IdentityReader"]):
    def standing(self) -> Self:
        """The rows that say who may read a name now."""
        return self.filter(ended_at=None)


class IdentityReader(models.Model):
    """That a person may read who a confidential source is."""

    identity = models.ForeignKey(
        SourceIdentity, models.PROTECT, related_name="readers", verbose_name=_("confidential source")
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("named by"))
    given_at = models.DateTimeField(_("named at"), auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("removed by"))
    ended_at = models.DateTimeField(_("removed at"), null=True)

    objects = IdentityReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who knows a confidential source")
        verbose_name_plural = _("people who know confidential sources")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("identity", "person", condition=Q(ended_at=None), name="named_once_per_identity"),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="reader_ended_by_a_person",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("identity_id", "person_id", "given_by_id", "given_at"),
            frozen("ended_by_id", "ended_at", once="OLD.ended_at IS NOT NULL", name="ended_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


def hidden_from(_person: int | None) -> Mapping[str, Mapping[str, Collection[int | str]]]:
    """Return what the log shows to nobody: who knows a confidential source, and who looked. Its page shows it."""
    names = [f"{SourceIdentity._meta.model_name} "]
    return {"workbench.LogEntry": {"chain": names}, "workbench.LogHead": {"chain": names}}


HIDDEN_ROWS = [HiddenRows(("workbench.LogEntry", "workbench.LogHead"), hidden_from)]
