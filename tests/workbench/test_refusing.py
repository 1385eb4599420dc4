import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_an_act_beyond_ones_role_answers_403_and_says_which(client):
    client.force_login(make.viewer())

    answer = client.get(reverse("claims:log_claim"))

    assert answer.status_code == 403
    assert "Your role does not let you log a claim" in answer.content.decode()


def test_other_exceptions_are_not_swallowed(client, monkeypatch):
    client.force_login(make.viewer())
    monkeypatch.setattr("claims.views.listing.render", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        client.get(reverse("claims:queue"))
