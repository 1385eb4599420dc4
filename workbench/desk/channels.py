"""Channels: a chat room or a server outside that the desk tells of what everybody at the desk may read."""

from __future__ import annotations

import secrets
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workbench.desk.guards import append_only, frozen
from workbench.desk.models import LogEntry, User
from workbench.desk.vocabulary import ChannelKind, MessageOutcome
from workbench.desk.work_queue import Work


def message_number() -> str:
    """Return what a receiver knows a message by, however often it is sent (Standard Webhooks, ``webhook-id``)."""
    return f"msg_{secrets.token_hex(12)}"


class Channel(Work):
    """An address to which messages are posted. Its work is to send those that wait, one after the other.

    The address of a chat room is a secret as the key is: both are encrypted, and ``host`` is shown.
    """

    task = "workbench.tasks.send_to_channels"

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind)
    host = models.CharField(_("server"), max_length=260)
    locked_address = models.TextField(_("address, encrypted"))
    locked_secret = models.TextField(_("secret for signatures, encrypted"), blank=True)
    is_on = models.BooleanField(_("in use"), default=True)
    is_own_network = models.BooleanField(_("server in the desk’s own network"), default=False)
    with_words = models.BooleanField(_("with the words of claims"), default=False)
    language = models.CharField(_("language"), max_length=8)
    events = ArrayField(models.CharField(max_length=20), verbose_name=_("told of"), default=list)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"), auto_now=True)

    class Meta(Work.Meta):
        verbose_name = pgettext_lazy("messages", "channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=ChannelKind.values), name="channel_kind")]

    def __str__(self) -> str:
        return self.name


class ChannelMessageQuerySet(models.QuerySet["ChannelMessage"]):
    def pending(self) -> Self:
        """Messages that wait to be sent, the oldest first."""
        return self.filter(outcome=MessageOutcome.PENDING).order_by("pk")


class ChannelMessage(models.Model):
    """One entry of the log that a channel is told of. It holds no words: they are read when it is sent."""

    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="messages", verbose_name=pgettext_lazy("messages", "channel")
    )
    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="+", verbose_name=_("log entry"))
    event = models.CharField(_("event"), max_length=20)
    number = models.CharField(_("number of the message"), max_length=40, default=message_number, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=MessageOutcome, default=MessageOutcome.PENDING, editable=False
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects = ChannelMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a channel")
        verbose_name_plural = _("messages to channels")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("channel", "entry", "event", name="channel_told_once"),
            models.CheckConstraint(
                condition=models.Q(outcome=MessageOutcome.PENDING, ended_at=None)
                | ~models.Q(outcome=MessageOutcome.PENDING) & models.Q(ended_at__isnull=False),
                name="message_ends_with_its_time",
            ),
        ]
        indexes = [
            models.Index("channel", "id", name="message_pending", condition=models.Q(outcome=MessageOutcome.PENDING)),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("channel_id", "entry_id", "event", "number", "made_at"),
            frozen("outcome", "ended_at", once="OLD.outcome <> 'pending'", name="message_ended_once"),
        ]

    def __str__(self) -> str:
        return self.number
