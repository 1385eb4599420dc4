"""People, the log of what they did, and heartbeats of the machine."""

from __future__ import annotations

from typing import Self, cast

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.desk import declarations
from workbench.desk.guards import READ, append_only
from workbench.desk.roles import Act, Role
from workbench.desk.word_search import Searchable, WordsField, found


class User(Searchable, AbstractUser):
    """A person of the desk, with one role."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.VIEWER)
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

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def may(self, act: Act) -> bool:
        """Say whether this person's role allows an act; a superuser counts as an administrator."""
        role = Role.ADMIN if self.is_superuser else Role(self.role)
        return self.is_active and role in declarations.acts()[act]


# The hash covers every column of an entry, one to a line, in the order of the table in docs/architecture.md.
# The database makes it, so no code path can write an entry outside the chain; `audit.verify` recomputes it.
CHAIN_ENTRY = """
    INSERT INTO workbench_loghead (chain, seq, hash)
    VALUES (NEW.chain, 0, encode(sha256(convert_to('claim-workbench-log-v1 ' || NEW.chain, 'UTF8')), 'hex'))
    ON CONFLICT DO NOTHING;
    SELECT head.seq + 1, head.hash INTO NEW.seq, NEW.previous FROM workbench_loghead head
    WHERE head.chain = NEW.chain FOR UPDATE;
    NEW.recorded_at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n',
        NEW.chain, NEW.seq, NEW.previous,
        to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        coalesce(NEW.actor_id::text, '-'), NEW.actor_name, NEW.verb, NEW.subject, NEW.facts), 'UTF8')), 'hex');
    UPDATE workbench_loghead SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
    RETURN NEW;
"""


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def search(self, words: str) -> Self:
        """Entries that have these words: who, what, on which row, and the details."""
        return cast("Self", found(self, words, "word_index"))

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
        triggers = [
            pgtrigger.Trigger(name="chain_entry", when=pgtrigger.Before, operation=pgtrigger.Insert, func=CHAIN_ENTRY),
            *append_only(),
        ]

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
