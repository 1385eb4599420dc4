"""Notifications are made from the log: once, for those who want them, and mailed when they asked for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests import make
from workbench.desk import granting, mailing, notifying
from workbench.desk.notifications import Notification, NotificationMail, NotificationMark
from workbench.desk.roles import Role
from workbench.desk.vocabulary import DeskEvent, NotificationWay
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"
BY_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def desk():
    """An administrator who proposes a role, an editor who may agree to it, and a first look at the log."""
    notifying.notify()
    return make.admin(username="ana"), make.editor(username="ed", email="ed@desk.example")


def propose(admin, role=Role.REVIEWER):
    person = make.viewer()
    granting.grant(person, role, by=admin)
    return person


def test_nobody_is_told_of_what_was_done_before_the_first_look():
    make.editor()
    propose(make.admin())

    assert notifying.notify() == 0
    assert Notification.objects.count() == 0


def test_an_entry_is_told_once_however_often_the_log_is_looked_through(desk):
    propose(desk[0])

    assert [notifying.notify(), notifying.notify()] == [1, 0]
    notification = Notification.objects.get()
    assert (notification.person, notification.event, notification.seen_at) == (desk[1], DeskEvent.TO_SECOND, None)


def test_an_entry_that_was_committed_late_is_told_all_the_same(desk):
    propose(desk[0])
    NotificationMark.objects.update(until=timezone.now() + notifying.OVERLAP / 2)

    assert notifying.notify() == 1


def test_more_entries_than_one_look_takes_are_told_by_the_next_ones(desk, monkeypatch):
    monkeypatch.setattr(notifying, "MOST_AT_ONCE", 2)
    for _number in range(5):
        propose(desk[0])

    numbers = [notifying.notify() for _look in range(8)]

    assert sum(numbers) == 5
    assert max(numbers) == 2


def test_a_closed_account_is_told_nothing(desk):
    propose(desk[0])
    desk[1].is_active = False
    desk[1].save()

    assert notifying.notify() == 0


def test_who_does_not_want_to_be_told_is_not(desk):
    notifying.choose(desk[1], {DeskEvent.TO_SECOND: NotificationWay.NOT, "unknown": NotificationWay.HERE})
    propose(desk[0])

    assert notifying.notify() == 0
    assert notifying.ways_of(desk[1])[DeskEvent.TO_SECOND] == NotificationWay.NOT
    assert notifying.ways_of(desk[1])[DeskEvent.ANSWERED] == NotificationWay.HERE


def test_the_answer_is_told_to_who_proposed(desk):
    person = propose(desk[0])
    notifying.notify()

    granting.agree(person.role_grants.get(), by=desk[1])
    notifying.notify()

    assert Notification.objects.filter(event=DeskEvent.ANSWERED).get().person == desk[0]


def test_seen_notifications_are_no_longer_new(desk):
    propose(desk[0])
    notifying.notify()

    assert [notifying.see(desk[1]), notifying.see(desk[1])] == [1, 0]


def test_a_mail_holds_what_happened_and_no_word_of_the_row(desk):
    notifying.choose(desk[1], {DeskEvent.TO_SECOND: NotificationWay.AT_ONCE})
    person = propose(desk[0])
    notifying.notify()

    drain(mailing.due(), mailing.send)
    drain(mailing.due(), mailing.send)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ed@desk.example"], "Desk of Arvel: 1 notification")
    assert "Something waits for a second person (ana, " in sent.body
    assert "https://desk.arvel/notifications/" in sent.body
    assert person.username not in sent.body
    assert Notification.objects.get().mailed_at is not None


def test_a_daily_mail_waits_for_the_morning_and_tells_everything_at_once(desk, monkeypatch):
    notifying.choose(desk[1], {DeskEvent.TO_SECOND: NotificationWay.DAILY})
    for _number in range(3):
        propose(desk[0])
    notifying.notify()

    drain(mailing.due(), mailing.send)
    early = len(mail.outbox)
    due_at = NotificationMail.objects.get().due_at
    monkeypatch.setattr(timezone, "now", lambda: due_at)
    for _pause in mailing.send(NotificationMail.objects.get()):
        pass

    assert early == 0
    assert timezone.localtime(due_at).hour == notifying.DAILY_AT.hour
    assert due_at - datetime.now(UTC) <= timedelta(days=1)
    assert [sent.subject for sent in mail.outbox] == ["Desk of Arvel: 3 notifications"]


def test_a_server_that_refuses_loses_nothing(desk, settings):
    notifying.choose(desk[1], {DeskEvent.TO_SECOND: NotificationWay.AT_ONCE})
    propose(desk[0])
    notifying.notify()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = BY_SMTP, "127.0.0.1", 9

    drain(mailing.due(), mailing.send)

    row = NotificationMail.objects.get()
    assert "refused" in row.trouble
    assert Notification.objects.mailable().count() == 1
    settings.EMAIL_BACKEND = IN_MEMORY
    row.ask()
    drain(mailing.due(), mailing.send)
    assert len(mail.outbox) == 1


def test_without_an_address_nothing_is_mailed_and_the_notice_is_there(desk):
    desk[1].email = ""
    desk[1].save()
    notifying.choose(desk[1], {DeskEvent.TO_SECOND: NotificationWay.AT_ONCE})
    propose(desk[0])

    assert notifying.notify() == 1
    assert not NotificationMail.objects.exists()


def test_a_look_that_finds_nothing_asks_little(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert notifying.notify() == 0
