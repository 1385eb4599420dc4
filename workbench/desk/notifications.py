"""Notifications: what a person is told of the work of others, how they want to be told, and the mail."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workbench.desk import declarations
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import LogEntry, User
from workbench.desk.vocabulary import NotificationWay
from workbench.desk.work_queue import Work

MOST_COUNTED = 99  # unseen notifications; the head of a page shows no more


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, person: User) -> Self:
        """Notifications for one person, the newest first."""
        return self.filter(person=person).order_by("-pk")

    def unseen(self) -> Self:
        """Notifications that their person has not seen yet."""
        return self.filter(seen_at=None)

    def mailable(self) -> Self:
        """Notifications that a mail is still to tell."""
        return self.filter(mail_at__isnull=False, mailed_at=None)


class Notification(models.Model):
    """One entry of the log that one person is told of. It holds no words: pages show what their reader may see."""

    person = models.ForeignKey(User, models.PROTECT, related_name="notifications", verbose_name=_("person"))
    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="+", verbose_name=_("log entry"))
    event = models.CharField(_("event"), max_length=20)
    made_at = models.DateTimeField(_("told at"), default=timezone.now)
    seen_at = models.DateTimeField(_("seen at"), null=True, editable=False)
    mail_at = models.DateTimeField(_("mail due at"), null=True, editable=False)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint("person", "entry", "event", name="told_once")]
        indexes = [
            models.Index("person", "id", name="notification_of_person"),
            models.Index("person", name="notification_unseen", condition=models.Q(seen_at=None)),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("person_id", "entry_id", "event", "made_at", "mail_at"),
            frozen("mailed_at", once="OLD.mailed_at IS NOT NULL", name="mailed_once"),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> str:
        """What happened, in the language of the page; an event that no app declares any more stays as it is stored."""
        known = declarations.notification_events()
        return str(known[self.event].label) if self.event in known else self.event


class NotificationChoice(models.Model):
    """How one person wants to be told of one event, where they have chosen."""

    person = models.ForeignKey(User, models.PROTECT, related_name="notification_choices", verbose_name=_("person"))
    event = models.CharField(_("event"), max_length=20)
    way = models.CharField(_("how"), max_length=10, choices=NotificationWay)

    class Meta:
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        constraints = [
            models.UniqueConstraint("person", "event", name="one_choice_per_event"),
            models.CheckConstraint(condition=models.Q(way__in=NotificationWay.values), name="notice_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"


class NotificationMail(Work):
    """The mail that tells one person of their notifications. Its work is to be sent, when the first of them is due."""

    task = "workbench.tasks.send_notifications"

    person = models.OneToOneField(User, models.PROTECT, related_name="notification_mail", verbose_name=_("person"))

    class Meta(Work.Meta):
        verbose_name = _("mail of notifications")
        verbose_name_plural = _("mails of notifications")

    def __str__(self) -> str:
        return str(self.person)


class NotificationMark(models.Model):
    """How far the log has been looked through for what to tell people: one row.

    ``done`` holds the keys of the newest entries that were looked at, as the next look begins somewhat earlier.
    """

    until = models.DateTimeField(_("looked through until"))
    done = ArrayField(models.BigIntegerField(), verbose_name=_("newest entries looked at"), default=list)

    class Meta:
        verbose_name = _("mark of notifications")
        verbose_name_plural = _("marks of notifications")

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}"
