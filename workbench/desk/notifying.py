"""Tell people what others did: make notifications from the log, choose how to be told, mark them as seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from workbench.desk import channelling, declarations, desk_profile
from workbench.desk.models import LogEntry, User
from workbench.desk.notifications import Notification, NotificationChoice, NotificationMail, NotificationMark
from workbench.desk.vocabulary import NotificationEvent, NotificationWay

# A transaction may commit after others that began later: entries so much older than the last look are looked at again.
# No step and no request takes so long.
OVERLAP = timedelta(minutes=5)
MOST_AT_ONCE = 500  # entries in one look
DAILY_AT = time(7)  # in the time zone of the desk


@transaction.atomic
def notify() -> int:
    """Tell people and channels of what the log has got since the last look; return how many notifications are new.

    The first look starts now: nobody is told of what is past.
    """
    mark, is_new = NotificationMark.objects.select_for_update().get_or_create(pk=1, defaults={"until": timezone.now()})
    if is_new:
        return 0
    verbs = declarations.tellings().keys() | declarations.channel_tellings().keys()
    entries = LogEntry.objects.filter(verb__in=verbs, recorded_at__gt=mark.until - OVERLAP)
    fresh = list(entries.exclude(pk__in=mark.done).order_by("recorded_at", "pk").select_related("actor")[:MOST_AT_ONCE])
    made = Notification.objects.bulk_create(
        _by_choice(each for entry in fresh for each in _of(entry)), ignore_conflicts=True
    )
    _have_mailed(made)
    channelling.queue(fresh)
    mark.until = fresh[-1].recorded_at if len(fresh) == MOST_AT_ONCE else timezone.now()
    recent = LogEntry.objects.filter(pk__in=[*mark.done, *(each.pk for each in fresh)])
    mark.done = list(recent.filter(recorded_at__gt=mark.until - OVERLAP).values_list("pk", flat=True))
    mark.save()
    return len(made)


def see(person: User) -> int:
    """Mark every notification of a person as seen; return how many were new."""
    return Notification.objects.of(person).unseen().update(seen_at=timezone.now())


@transaction.atomic
def choose(person: User, ways: Mapping[str, NotificationWay]) -> None:
    """Keep how a person wants to be told of events. Unknown events are left out."""
    for event in declarations.notification_events():
        if event in ways:
            NotificationChoice.objects.update_or_create(person=person, event=event, defaults={"way": ways[event]})


def ways_of(person: User) -> dict[NotificationEvent, NotificationWay]:
    """Return how a person is told of each event: here, unless they chose otherwise."""
    chosen = dict(NotificationChoice.objects.filter(person=person).values_list("event", "way"))
    events = declarations.notification_events().values()
    return {event: NotificationWay(chosen.get(event.value, NotificationWay.HERE)) for event in events}


def _of(entry: LogEntry) -> Iterator[Notification]:
    """Yield the notifications of one entry; nobody is told of their own act."""
    for telling in declarations.tellings().get(entry.verb, ()):
        people = User.objects.filter(pk__in=set(telling.whom(entry)) - {entry.actor_id}, is_active=True)
        for person in people.order_by("pk"):
            yield Notification(person=person, entry=entry, event=telling.event.value)


def _by_choice(notifications: Iterable[Notification]) -> list[Notification]:
    """Return the notifications that their people want, with the time of the mail that tells them."""
    found = list(notifications)
    people = {each.person_id for each in found}
    rows = NotificationChoice.objects.filter(person__in=people).values_list("person", "event", "way")
    chosen = {(person, event): way for person, event, way in rows}
    kept = []
    for each in found:
        way = chosen.get((each.person_id, each.event), NotificationWay.HERE)
        if way in {NotificationWay.AT_ONCE, NotificationWay.DAILY} and each.person.email:
            each.mail_at = each.made_at if way == NotificationWay.AT_ONCE else _next_morning(each.made_at)
        if way != NotificationWay.NOT:
            kept.append(each)
    return kept


def _next_morning(now: datetime) -> datetime:
    here = timezone.localtime(now, desk_profile.zone())
    at = here.replace(hour=DAILY_AT.hour, minute=DAILY_AT.minute, second=0, microsecond=0)
    return at if at > here else at + timedelta(days=1)


def _have_mailed(notifications: Iterable[Notification]) -> None:
    """Have workers send a mail to each of these people, when the first of their notifications is due."""
    first: dict[int, datetime] = {}
    for each in notifications:
        if each.mail_at is not None:
            first[each.person_id] = min(each.mail_at, first.get(each.person_id, each.mail_at))
    for person, due_at in first.items():
        mail, is_new = NotificationMail.objects.get_or_create(person_id=person, defaults={"due_at": due_at})
        if not is_new:
            mail.come_back(due_at)
