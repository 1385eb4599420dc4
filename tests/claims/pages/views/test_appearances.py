from datetime import date

import pytest
from django.urls import reverse

from claims.models.vocabulary import Status
from tests import make

pytestmark = pytest.mark.django_db


def mark(client, appearance):
    return client.post(reverse("claims:mark_first_known", args=[appearance.pk]), follow=True)


def test_an_appearance_becomes_the_first_known_one_with_a_button(client):
    appearance = make.appearance()
    client.force_login(make.reporter())

    page = mark(client, appearance).content.decode()

    appearance.refresh_from_db()
    assert appearance.first_known
    assert "This is now the first known appearance." in page


def test_of_a_closed_claim_none_is_marked(client):
    appearance = make.appearance(make.claim(status=Status.DECIDED))
    client.force_login(make.reporter())

    page = mark(client, appearance).content.decode()

    appearance.refresh_from_db()
    assert not appearance.first_known
    assert "closed" in page


def note(client, appearance, since):
    address = reverse("claims:note_deletion", args=[appearance.pk])
    return client.post(address, {"since": since}, follow=True).content.decode()


def test_a_post_is_noted_as_deleted_with_a_button(client):
    appearance = make.appearance(account="@ministry", url="https://social.example/1")
    client.force_login(make.reporter())

    page = note(client, appearance, "2026-11-03")

    appearance.refresh_from_db()
    assert appearance.deleted_since == date(2026, 11, 3)
    assert "@ministry" in page
    assert "deleted since" in page


def test_a_day_that_is_none_is_refused_with_its_reason(client):
    appearance = make.appearance()
    client.force_login(make.reporter())

    assert "Enter a valid date." in note(client, appearance, "yesterday")
