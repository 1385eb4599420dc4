import pytest
from django.db import connection
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "a long bridge over the river"


def test_whoever_asks_learns_that_the_web_process_is_alive(client):
    assert client.get(reverse("healthz")).content == b"alive\n"


def test_a_workbench_whose_servers_answer_is_ready(client):
    answer = client.get(reverse("readyz"))

    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": True, "archive": True})


def test_a_workbench_without_its_broker_is_not_ready(client, monkeypatch):
    from workbench.celery import app

    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    answer = client.get(reverse("readyz"))

    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": False, "archive": True})


@pytest.mark.parametrize(
    "name", ["claims:queue", "claims:claims", "claims:log_claim", "sources:sources", "trouble", "log"]
)
def test_a_stranger_is_sent_to_sign_in(client, name):
    answer = client.get(reverse(name))

    assert answer.url == f"{reverse('login')}?next={reverse(name)}"


def test_a_person_who_signs_in_comes_to_their_queue(client):
    make.reporter(username="remi", password="a long enough secret")

    answer = client.post(reverse("login"), {"username": "remi", "password": "a long enough secret"})

    assert answer.url == reverse("claims:queue")


def test_five_wrong_passwords_lock_the_account_for_this_address(client):
    make.reporter(username="remi", password="a long enough secret")
    for _try in range(5):
        answer = client.post(reverse("login"), {"username": "remi", "password": "wrong"})

    assert answer.status_code == 429
    assert "Locked for now" in answer.content.decode()


def test_what_is_not_there_is_said_on_a_page_of_ours(client):
    client.force_login(make.viewer())

    answer = client.get("/nothing/here/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_a_page_that_breaks_says_so_without_the_database(client, monkeypatch):
    client.force_login(make.viewer())
    client.raise_request_exception = False
    monkeypatch.setattr(connection, "ensure_connection", lambda: 1 / 0)

    answer = client.get(reverse("claims:queue"))

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_on_a_page_of_ours():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "x"})

    assert answer.status_code == 403
    assert "was sent from another site" in answer.content.decode()


def test_the_interface_speaks_french_when_asked(client):
    client.post(reverse("set_language"), {"language": "fr"})

    assert '<html lang="fr"' in client.get(reverse("login")).content.decode()
