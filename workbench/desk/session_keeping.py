"""Keep the list of sessions of each person, and end sessions: one, all others, or all with their account."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.sign_ins import SignIn
from workbench.desk.vocabulary import DeskVerb

NOTED = "sign_in_noted"  # in the session: under which key, and when its last use was written down
EVERY = timedelta(minutes=10)  # between two notes of the last use: the list need not be more exact
# What tells browsers apart, in the order in which they are looked for: most of them name others, too.
BROWSERS = ("Edg", "OPR", "SamsungBrowser", "Firefox", "CriOS", "Chrome", "Safari")
CALLED = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "CriOS": "Chrome"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")


def browser_of(user_agent: str) -> str:
    """Return browser and system in two words, as far as the browser says; nothing else of it is kept."""
    browser = next((each for each in BROWSERS if f"{each}/" in user_agent), "")
    system = next((each for each in SYSTEMS if each in user_agent), "")
    named = [CALLED.get(browser, browser), system.replace("Mac OS X", "Mac").replace("CrOS", "Chromebook")]
    return ", ".join(filter(None, named)) or _("Unknown browser")


def begin(session: SessionBase, person: User, user_agent: str) -> None:
    """Add the session that a person has just begun to their list, and drop those that ran out meanwhile."""
    now, key = timezone.now(), session.session_key or ""
    mine = SignIn.objects.filter(person=person)
    mine.exclude(pk__in=mine.open().values("pk")).delete()
    SignIn.objects.create(person=person, session_key=key, browser=browser_of(user_agent), since=now, last_seen=now)
    session[NOTED] = (key, now.isoformat())


def note(session: SessionBase) -> None:
    """Write down that a session of the list is used: when its key has changed, and every ten minutes."""
    noted_key, noted_at = session[NOTED]
    now, key, last = timezone.now(), session.session_key or "", parse_datetime(noted_at)
    if noted_key == key and last is not None and now - last < EVERY:
        return
    SignIn.objects.filter(session_key=noted_key).update(session_key=key, last_seen=now)
    session[NOTED] = (key, now.isoformat())


@transaction.atomic
def end(row: SignIn, *, by: User) -> None:
    """End one of one's own sessions. Raises ``Refusal`` for that of somebody else."""
    if row.person_id != by.pk:
        raise Refusal(_("You end your own sessions only."), "not_yours")
    _end([row.session_key])
    audit.record(by, DeskVerb.ENDED_SESSIONS, by, rows=1)


@transaction.atomic
def end_others(person: User, but: str) -> int:
    """End all sessions of a person but the one with this key, and return how many there were."""
    keys = list(SignIn.objects.filter(person=person).exclude(session_key=but).values_list("session_key", flat=True))
    if keys:
        _end(keys)
        audit.record(person, DeskVerb.ENDED_SESSIONS, person, rows=len(keys))
    return len(keys)


def end_all(person: User) -> None:
    """End every session of a person whose account is closed, in the transaction of that act."""
    _end(list(SignIn.objects.filter(person=person).values_list("session_key", flat=True)))


def forget(session_key: str) -> None:
    """Drop the row of a session that its person has ended by signing out."""
    SignIn.objects.filter(session_key=session_key).delete()


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
