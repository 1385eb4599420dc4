"""Mail people their notifications: what happened, who did it and when, and no word of a claim or source."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workbench.desk import desk_profile, hidden_rows
from workbench.desk.models import User
from workbench.desk.notifications import Notification, NotificationMail
from workbench.desk.work_queue import Next, WorkQuerySet

PATIENCE = 10  # seconds for which a person waits for the server of mail
MOST_TOLD = 50  # notifications in one mail; it says how many more there are


def due() -> WorkQuerySet:
    """Return the mails, for a worker that sends those that are due."""
    rows: WorkQuerySet = NotificationMail.objects.all()
    return rows


def send(mail: NotificationMail) -> Generator[None, None, Next]:
    """Send a person the notifications that are due by now; a mail that the server refuses is tried again.

    A worker that dies between the server’s answer and ours sends the mail twice: it is never lost. What is hidden from
    the person by then is not told, also not later.
    """
    now = timezone.now()
    waiting = Notification.objects.of(mail.person).mailable().select_related("entry")
    with hidden_rows.read_by(lambda: mail.person_id):
        told = list(waiting.filter(mail_at__lte=now))
    if told and mail.person.is_active and mail.person.email:
        _message(mail.person, told).send()
    yield
    waiting.filter(mail_at__lte=now).update(mailed_at=timezone.now())
    return waiting.order_by("mail_at").values_list("mail_at", flat=True).first()


def is_set_up() -> bool:
    """Say whether a server takes mail: without one, mails are only printed."""
    return not str(settings.EMAIL_BACKEND).endswith("console.EmailBackend")


def send_one(to: str, subject: str, body: str) -> str:
    """Send one mail now, while a person waits for it; return what went wrong, else nothing."""
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], connection=get_connection(timeout=PATIENCE))
    try:
        mail.send()
    except OSError as problem:  # also what the library for SMTP raises
        return str(problem) or type(problem).__name__
    return ""


def _message(person: User, told: list[Notification]) -> EmailMessage:
    number = ngettext("%(n)d notification", "%(n)d notifications", len(told)) % {"n": len(told)}
    lines = [*map(_line, told[:MOST_TOLD]), *_more(told[MOST_TOLD:])]
    where = f"{settings.DESK_URL}{reverse('notifications')}"
    body = "\n".join([*lines, "", where, "", _("You chose these mails under “Notifications”. Turn them off there.")])
    return EmailMessage(f"{desk_profile.name()}: {number}", body, settings.DEFAULT_FROM_EMAIL, [person.email])


def _line(notification: Notification) -> str:
    when = date_format(timezone.localtime(notification.entry.recorded_at), "DATETIME_FORMAT")
    return f"- {notification.label} ({notification.entry.actor_name}, {when})"


def _more(left: Iterable[Notification]) -> list[str]:
    number = len(list(left))
    return [ngettext("- and %(n)d more", "- and %(n)d more", number) % {"n": number}] if number else []
