"""Everybody sees where they are signed in, and ends what they do not know."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from workbench.desk import people, session_keeping
from workbench.desk.sign_ins import SignIn

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def signed_in(person, browser):
    client = Client(HTTP_USER_AGENT=browser)
    client.post("/sign-in/", {"username": person.username, "password": PASSWORD})
    return client


@pytest.fixture
def two():
    """A person who is signed in with two browsers."""
    person = make.user(password=PASSWORD)
    return person, signed_in(person, "Firefox/1 Linux"), signed_in(person, "Version/1 Safari/1 iPhone")


def is_in(client):
    return client.get("/").status_code == 200


def test_a_person_sees_their_sessions_and_ends_the_others(two):
    _person, here, there = two
    page = here.get("/sessions/").content.decode()

    here.post("/sessions/others/end/")

    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert (is_in(here), is_in(there)) == (True, False)
    assert SignIn.objects.count() == 1


def test_one_session_is_ended_by_its_person_only(two):
    person, here, there = two
    row = SignIn.objects.get(browser="Safari, iPhone")
    stranger = make.reporter()
    other = Client()
    other.force_login(stranger)

    assert other.post(f"/sessions/{row.pk}/end/").status_code == 404
    here.post(f"/sessions/{row.pk}/end/")

    assert not is_in(there)
    assert SignIn.objects.filter(person=person).count() == 1


def test_closing_an_account_ends_its_sessions_for_good(two):
    person, here, _there = two
    admin = make.admin()
    person.is_active = False
    people.change_person(person, by=admin, changed=["is_active"])
    person.is_active = True
    person.save(update_fields=["is_active"])

    assert not is_in(here)
    assert not SignIn.objects.exists()


def test_the_last_use_is_noted_every_ten_minutes_and_signing_out_drops_the_row(two):
    _person, here, _there = two
    session = here.session
    key, _at = session[session_keeping.NOTED]
    session[session_keeping.NOTED] = (key, (timezone.now() - timedelta(hours=1)).isoformat())
    session.save()
    SignIn.objects.filter(session_key=key).update(last_seen=timezone.now() - timedelta(hours=1))

    here.get("/")
    seen = SignIn.objects.get(session_key=key).last_seen
    here.post("/sign-out/")

    assert timezone.now() - seen < timedelta(minutes=1)
    assert not SignIn.objects.filter(session_key=key).exists()
