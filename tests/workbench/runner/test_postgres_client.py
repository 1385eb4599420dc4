"""The client programs of PostgreSQL: those of the package, and of at least the version of the server."""

import pytest
from django.db import connection

from tests import databases
from workbench.runner import postgres_client

DUMMY = {"NAME": "desk", "USER": "app", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}}


def test_a_program_of_the_version_of_the_server_is_found():
    assert postgres_client.find("pg_dump", 18).name == "pg_dump"


def test_where_every_program_is_older_than_the_server_it_says_what_to_install():
    with pytest.raises(postgres_client.ClientFailed, match="no pg_dump of PostgreSQL 99 or newer"):
        postgres_client.find("pg_dump", 99)


def test_the_host_may_stand_among_the_options_of_an_address():
    given = {**DUMMY, "OPTIONS": {"host": "/run/desk"}}

    assert postgres_client.reachable(given)["HOST"] == "/run/desk"
    assert postgres_client.reachable({**given, "HOST": "db.example"})["HOST"] == "db.example"


def test_what_a_program_says_before_it_fails_is_told():
    with pytest.raises(postgres_client.ClientFailed, match=r"pg_dump failed:\n.*no-such-server"):
        postgres_client.run("pg_dump", {**DUMMY, "HOST": "no-such-server.invalid", "PASSWORD": "secret"})


@pytest.mark.django_db
def test_a_program_runs_on_the_database_of_django():
    named = {**databases.the_owner(), "NAME": connection.settings_dict["NAME"]}

    said = postgres_client.run("psql", named, "--tuples-only", "--command=SELECT current_database()")

    assert said.strip() == named["NAME"]
