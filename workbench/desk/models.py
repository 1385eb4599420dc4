"""People, the log of what they did, and heartbeats of the machine."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.desk import declarations
from workbench.desk.guards import READ, append_only, by_somebody, frozen
from workbench.desk.roles import Act, Role
from workbench.desk.word_search import FoundByWords, Searchable, WordsField, found

# Columns of a person with which somebody else could act as them.
ACCOUNT = ("username", "password", "role", "is_superuser", "is_staff", "is_active", "is_sample")


def _account(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in ACCOUNT)


class User(Searchable, AbstractUser):
    """A person of the desk, with one role."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.VIEWER)
    is_sample = models.BooleanField(_("sample account"), default=False, editable=False)
    # What this person may do beyond the interface follows from the role alone.
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]
    word_index = WordsField("username", "first_name", "last_name", "email")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [GinIndex("word_index", name="user_words")]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]
        triggers = [
            by_somebody(pgtrigger.Insert),
            by_somebody(
                pgtrigger.Update,
                once=f"({_account('OLD')}) IS DISTINCT FROM ({_account('NEW')})",
                name="changed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether this is the password. Nothing is saved: a weak hash is renewed at sign-in, with an entry."""
        return check_password(raw_password, self.password)

    def may(self, act: Act) -> bool:
        """Say whether this person's role allows an act; a superuser counts as an administrator."""
        role = Role.ADMIN if self.is_superuser else Role(self.role)
        return self.is_active and role in declarations.acts()[act]


class LogEntryQuerySet(FoundByWords, models.QuerySet["LogEntry"]):
    def by_whom(self, name: str) -> Self:
        """Entries of the people who have this name, and those that were made under this user name."""
        people = found(User.objects.all(), name, "word_index").values("pk")
        then = models.Q(word_index__hold=name, actor_name__iexact=name.strip())
        return self.filter(models.Q(actor__in=people) | then)


class LogEntry(Searchable):
    """One act of one person or machine. Append-only; each entry carries the hash of the one before in its chain."""

    chain = models.CharField(_("chain"), max_length=60, editable=False)
    seq = models.PositiveBigIntegerField(_("number"), editable=False)
    previous = models.CharField(_("previous hash"), max_length=64, editable=False)
    hash = models.CharField(_("hash"), max_length=64, editable=False)
    recorded_at = models.DateTimeField(_("when"), editable=False)
    actor = models.ForeignKey(User, models.PROTECT, null=True, verbose_name=_("who"), related_name="+")
    actor_name = models.CharField(_("user name"), max_length=150)
    verb = models.CharField(_("action"), max_length=40)
    subject = models.CharField(_("record"), max_length=80)
    facts = models.TextField(_("details"))  # JSON kept as the text that was hashed, never re-encoded
    # How the hash is made (``audit``): 1 without what the entry seals, 2 with it, 3 with a nonce too. The database sets
    # these four.
    form = models.PositiveSmallIntegerField(_("form of the hash"), db_default=1, editable=False)
    sealed_rows = models.PositiveIntegerField(_("sealed rows"), db_default=0, editable=False)
    seals_sha256 = models.CharField(_("SHA-256 of the seals"), max_length=64, blank=True, db_default="", editable=False)
    nonce = models.CharField(_("random part of the hash"), max_length=32, blank=True, db_default="", editable=False)
    word_index = WordsField("actor_name", "verb", "subject", "chain", "facts")

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["-recorded_at", "-seq"]
        constraints = [
            models.UniqueConstraint("chain", "seq", name="log_numbers_run_on"),
        ]
        indexes = [
            models.Index("recorded_at", name="log_by_time"),
            models.Index("subject", name="log_by_subject"),
            GinIndex("word_index", name="logentry_words"),
        ]
        triggers = [*append_only()]  # and `log_chain`, which fills an entry

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}: {self.actor_name} {self.verb} {self.subject}"


class LogHead(models.Model):
    """The newest number and hash of one chain, held while an entry is added. Written by the database only."""

    app_rights = READ

    chain = models.CharField(_("chain"), max_length=60, primary_key=True)
    seq = models.PositiveBigIntegerField(_("number"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("end of a chain")
        verbose_name_plural = _("ends of chains")
        triggers = [*append_only(updates=True)]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Seal(models.Model):
    """What the database noted when a row was written, changed or removed: the SHA-256 of its canonical form.

    Triggers write it (``seal_triggers``). An entry of the log carries it: that of the act, or one of the machine for
    all rows that were written without an act. ``sha256`` is empty where the row was removed.
    """

    app_rights = READ

    model = models.CharField(_("kind of row"), max_length=40)
    key = models.BigIntegerField(_("key"))
    form = models.PositiveSmallIntegerField(_("form"))
    sha256 = models.BinaryField(_("SHA-256"))
    marks = models.BinaryField(_("first bytes of the hash of each column"))
    at = models.DateTimeField(_("sealed at"))
    xact = models.BigIntegerField(_("transaction"))
    entry = models.ForeignKey(
        *(LogEntry, models.PROTECT),
        null=True,
        db_constraint=False,
        related_name="seals",
        verbose_name=_("log entry"),
    )

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        indexes = [
            models.Index("model", "key", "id", name="seal_by_row"),
            models.Index("xact", name="seal_waits", condition=models.Q(entry=None)),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("model", "key", "form", "sha256", "marks", "at", "xact"),
            frozen("entry_id", once="OLD.entry_id IS NOT NULL", name="carried_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


class Heartbeat(models.Model):
    """When something was last noted that tells whether the machine works.

    There is a row for the clock, for each task that a worker served, and for an archive that refused a capture.
    """

    name = models.CharField(_("name"), max_length=100, primary_key=True)
    at = models.DateTimeField(_("noted at"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
