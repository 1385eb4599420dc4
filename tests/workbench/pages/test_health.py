import json
import os
import subprocess
import sys
import uuid
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import databases, make
from workbench.runner import paths

pytestmark = pytest.mark.django_db

PASSWORD = "a long bridge over the river"


def test_whoever_asks_learns_that_the_web_process_is_alive(client):
    assert client.get(reverse("healthz")).content == b"alive\n"


PASSED = ["database", "broker", "migrations", "clock", "workers", "queue", "archive", "coverage"]


def test_a_workbench_that_works_is_ready(client):
    make.living_machine()

    answer = client.get(reverse("readyz"))
    figures = answer.json().pop("figures")

    assert answer.status_code == 200
    assert {name: passed for name, passed in answer.json().items() if name != "figures"} == dict.fromkeys(PASSED, True)
    assert (figures["migrations"], figures["problems"]["set_aside"]) == ({"unapplied": 0}, 0)
    assert figures["clock"]["seconds_silent"] < 10


def test_a_workbench_without_its_broker_is_not_ready(client, monkeypatch):
    from workbench.celery import app

    make.living_machine()
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert [name for name in PASSED if not answer.json()[name]] == ["broker"]


def test_a_workbench_that_nobody_serves_is_not_ready(client):
    make.claim(due_at=timezone.now() - timedelta(seconds=105))

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert [name for name in PASSED if not answer.json()[name]] == ["clock", "workers", "queue"]
    assert answer.json()["figures"]["queue"]["claims.claim"]["late"]


UNPREPARED = """
import django, json
django.setup()
from django.test import Client
from django.urls import reverse
client = Client(raise_request_exception=False, headers={"host": "localhost"})
ready, page = client.get(reverse("readyz")), client.get(reverse("login"))
client.cookies["sessionid"] = "of-an-earlier-visit"
again = client.get(reverse("claims:queue"))
sent = client.post(reverse("login"), {"username": "remi", "password": "a long enough secret"})
pages = [[answer.status_code, answer.content.decode()] for answer in (page, again, sent)]
print(json.dumps([ready.status_code, ready.json(), *pages]))
"""


@pytest.fixture
def empty_database():
    """The address of a database without tables, beside that of the tests."""
    name = f"empty_{uuid.uuid4().hex}"
    with psycopg.connect(databases.beside("postgres", paths.OWNER), autocommit=True) as server:
        server.execute(f"create database {name}")
        yield databases.beside(name)
        server.execute(f"drop database {name} with (force)")


def test_a_database_without_tables_is_named_and_nobody_meets_an_error(empty_database):
    environment = {**os.environ, "DATABASE_URL": empty_database, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
    command = [sys.executable, "-c", UNPREPARED]
    done = subprocess.run(command, env=environment, cwd=paths.ROOT, capture_output=True, text=True, check=True)

    status, ready, *pages = json.loads(done.stdout.splitlines()[-1])
    assert (status, ready["migrations"], ready["database"]) == (503, False, True)
    assert ready["figures"]["migrations"]["unapplied"] > 10
    for code, page in pages:
        assert code == 503
        assert "must run “manage.py migrate”" in page


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
