"""What anchors the log: the Merkle tree over its entries, checkpoints with their timestamps, keys, and witnesses."""

from __future__ import annotations

import base64
from typing import Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.desk.guards import READ, append_only, by_machine, frozen
from workbench.desk.models import LogEntry, User
from workbench.desk.work_queue import Work, WorkQuerySet
from workbench.transparency import signed_note


class LogLeaf(models.Model):
    """A log entry's place in the tree. Append-only.

    ``line`` is what the tree binds: the entry's hash, its number and its chain. So the tree also says where an entry
    belongs that somebody removed, or that a package withholds.
    """

    app_rights = READ

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)  # from 0, without gaps
    entry = models.OneToOneField(LogEntry, models.PROTECT, related_name="leaf", verbose_name=_("log entry"))
    line = models.CharField(_("line"), max_length=160)

    class Meta:
        verbose_name = _("leaf of the log’s tree")
        verbose_name_plural = _("leaves of the log’s tree")
        ordering = ["number"]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return f"{self.number}: {self.line}"


class LogNode(models.Model):
    """The hash over a complete block of 256 leaves, or of 256 such blocks, so that proofs read little. Append-only."""

    app_rights = READ

    level = models.PositiveSmallIntegerField(_("level"))  # 1 is over 256 leaves, 2 over 65,536
    number = models.PositiveBigIntegerField(_("number"))
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("node of the log’s tree")
        verbose_name_plural = _("nodes of the log’s tree")
        constraints = [models.UniqueConstraint("level", "number", name="log_node_once")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class SigningKey(models.Model):
    """A public key with which the desk has signed checkpoints. Append-only; the private half is in a file."""

    public = models.CharField(_("public key"), max_length=44, unique=True)  # 32 bytes in base64
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="after", verbose_name=_("signed by the key before")
    )
    endorsement = models.CharField(_("signature of the key before"), max_length=88, blank=True)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["-pk"]
        triggers = [*append_only(), by_machine(pgtrigger.Insert)]

    def __str__(self) -> str:
        return self.public

    @property
    def data(self) -> bytes:
        """The 32 bytes of the key."""
        return base64.b64decode(self.public)


class CheckpointQuerySet(WorkQuerySet):
    def made(self) -> Self:
        """Checkpoints that are signed, the newest first."""
        return self.exclude(text="").order_by("-pk")

    def anchored(self) -> Self:
        """Checkpoints that somebody outside this machine holds: an authority stamped them, or a witness has them."""
        return self.filter(models.Q(stamped_at__isnull=False) | models.Q(witnesses__isnull=False)).distinct()


def _of(row: str) -> str:
    """Return what a checkpoint says, as columns of OLD or NEW: the rest belongs to the work queue."""
    said = ("size", "text", "key_id", "heads", "made_at", "authority", "token", "certificates", "stamped_at")
    return ", ".join(f"{row}.{column}" for column in said)


class Checkpoint(Work):
    """A signed statement of the whole log at one moment. Its work is to be made, and to be stamped (RFC 3161)."""

    task = "workbench.tasks.make_checkpoints"

    opened_at = models.DateTimeField(_("started at"), auto_now_add=True)
    size = models.PositiveBigIntegerField(_("log entries"), default=0, editable=False)
    text = models.TextField(_("signed note"), blank=True, editable=False)
    key = models.ForeignKey(
        SigningKey, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("signing key")
    )
    heads = models.JSONField(_("ends of other chains"), default=dict, editable=False)  # name → [number, hash]
    made_at = models.DateTimeField(_("made at"), null=True, editable=False)
    authority = models.CharField(_("timestamp authority"), max_length=2048, blank=True, editable=False)
    token = models.BinaryField(_("answer from the authority"), null=True, editable=False)
    certificates = models.TextField(_("certificates of the authority"), blank=True, editable=False)
    stamped_at = models.DateTimeField(_("timestamped at"), null=True, editable=False)

    objects = CheckpointQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("checkpoint of the log")
        verbose_name_plural = _("checkpoints of the log")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("text", condition=models.Q(text=""), name="checkpoint_one_open_at_a_time"),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("size", "text", "key_id", "heads", "made_at", once="OLD.made_at IS NOT NULL"),
            frozen(
                "authority",
                "token",
                "certificates",
                "stamped_at",
                once="OLD.stamped_at IS NOT NULL",
                name="stamp_is_kept",
            ),
            by_machine(pgtrigger.Insert, once="NEW.text <> ''"),
            by_machine(
                pgtrigger.Update, once=f"({_of('OLD')}) IS DISTINCT FROM ({_of('NEW')})", name="filled_by_machine"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size}: {self.made_at or self.opened_at}"

    @property
    def note(self) -> signed_note.Note:
        """The checkpoint as it was signed."""
        return signed_note.read(self.text)

    @property
    def line(self) -> str:
        """The checkpoint as one line to copy or print."""
        return self.note.line if self.text else ""


class WitnessKind(models.TextChoices):
    DESK = "desk", _("another desk")
    MAILBOX = "mailbox", _("a mailbox")
    PAPER = "paper", _("a printed page")
    OTHER = "other", _("another place")


class Witness(models.Model):
    """Who or what holds a checkpoint outside this machine, as a person noted. Append-only."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="witnesses", verbose_name=_("checkpoint"))
    kind = models.CharField(_("kind of witness"), max_length=10, choices=WitnessKind)
    holder = models.CharField(_("who holds it, and where"), max_length=300)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("witness of the log")
        verbose_name_plural = _("witnesses of the log")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["desk", "mailbox", "paper", "other"]), name="witness_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(holder=""), name="witness_named"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.holder
