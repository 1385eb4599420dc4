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
