"""Confidential sources: who they are, encrypted, and the people who may read it; all others know a pseudonym."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source
from workbench.desk.declarations import HiddenRows
from workbench.desk.guards import append_only
from workbench.desk.models import User
from workbench.desk.named_reader import NamedReader, ended_by_a_person, named_for


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


class IdentityReader(NamedReader):
    """That a person may read who a confidential source is."""

    identity = models.ForeignKey(
        SourceIdentity, models.PROTECT, related_name="readers", verbose_name=_("confidential source")
    )

    class Meta(NamedReader.Meta):
        verbose_name = _("person who knows a confidential source")
        verbose_name_plural = _("people who know confidential sources")
        constraints = [
            models.UniqueConstraint("identity", "person", condition=Q(ended_at=None), name="named_once_per_identity"),
            ended_by_a_person("reader_ended_by_a_person"),
        ]
        triggers = [*named_for("identity_id")]


def hidden_from(_person: int | None) -> Mapping[str, Mapping[str, Collection[int | str]]]:
    """Return what the log shows to nobody: who knows a confidential source, and who looked. Its page shows it."""
    names = [f"{SourceIdentity._meta.model_name} "]
    return {"workbench.LogEntry": {"chain": names}, "workbench.LogHead": {"chain": names}}


HIDDEN_ROWS = [HiddenRows(("workbench.LogEntry", "workbench.LogHead"), hidden_from)]
