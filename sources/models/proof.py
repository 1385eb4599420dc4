"""Proof of captures: hash chain, timestamps (RFC 3161), and copies in public archives."""

from __future__ import annotations

import hashlib
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sources.models.document import Capture, Document
from sources.models.vocabulary import Archive
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.work_queue import Work, WorkQuerySet

# The previous hash of the first link: the hash of these words, so that a chain cannot have another start.
GENESIS = hashlib.sha256(b"claim-workbench-captures-v1").hexdigest()


def link_hash(previous: str, digest: str) -> str:
    """Return the hash of a link: SHA-256 of the hash before and of the digest of its facts, both as hexadecimal text.

    The digest, not the facts, so that a part of the chain can be shown to others without showing them what else the
    desk has captured.
    """
    return hashlib.sha256((previous + digest).encode()).hexdigest()


class ChainLink(models.Model):
    """A capture's place in the chain of all captures: its facts as they were hashed. Append-only."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    capture = models.OneToOneField(Capture, models.PROTECT, related_name="link", verbose_name=_("capture"))
    facts = models.TextField(_("details"))  # canonical JSON (RFC 8785), kept as the text that was hashed
    digest = models.CharField(_("SHA-256 of the facts"), max_length=64)
    previous = models.CharField(_("previous hash"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("link of the hash chain")
        verbose_name_plural = _("links of the hash chain")
        ordering = ["-number"]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return labelled(self.number, self.hash)


class StampQuerySet(WorkQuerySet):
    def granted(self) -> Self:
        """Stamps that an authority gave."""
        return self.filter(stamped_at__isnull=False)

    def waiting(self) -> Self:
        """Stamps that an authority has still to give."""
        return self.filter(stamped_at=None, due_at__isnull=False, head__isnull=False)


class Stamp(Work):
    """One sealing of the chain. Its work is to link what was captured, and to have the new head stamped (RFC 3161)."""

    task = "sources.tasks.seal_captures"

    opened_at = models.DateTimeField(_("started at"), auto_now_add=True)
    head = models.OneToOneField(
        ChainLink,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="stamp",
        verbose_name=_("end of the hash chain"),
    )
    authority = models.CharField(_("timestamp authority"), max_length=2048, blank=True, editable=False)
    token = models.BinaryField(_("answer from the authority"), null=True, editable=False)
    certificates = models.TextField(_("certificates of the authority"), blank=True, editable=False)
    stamped_at = models.DateTimeField(_("timestamped at"), null=True, editable=False)

    objects = StampQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("timestamp")
        verbose_name_plural = _("timestamps")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("head", 0), condition=models.Q(head__isnull=True), name="stamp_one_open_at_a_time"
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("head_id", "authority", "token", "certificates", "stamped_at", once="OLD.stamped_at IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return f"{self.head or self.opened_at}"


class ExternalArchive(Work):
    """A requested copy of a document in a public archive. Its work is to ask until the archive has it or refuses."""

    task = "sources.tasks.ask_archives"

    document = models.ForeignKey(Document, models.PROTECT, related_name="copies", verbose_name=_("document"))
    archive = models.CharField(_("archive"), max_length=20, choices=Archive)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    job = models.CharField(_("job"), max_length=200, blank=True, editable=False)
    snapshot_url = models.URLField(_("address of the copy"), max_length=4096, blank=True, editable=False)
    snapshot_at = models.DateTimeField(_("copied at"), null=True, editable=False)
    refusal = models.TextField(_("reason for failure"), blank=True, editable=False)

    class Meta(Work.Meta):
        verbose_name = _("copy in a public archive")
        verbose_name_plural = _("copies in public archives")
        ordering = ["-pk"]
        triggers = [*append_only(updates=True)]

    def __str__(self) -> str:
        return labelled(self.get_archive_display(), self.document)
