"""No test depends on the tests before it, and each run prints its order."""

import subprocess
import sys

import psycopg
import pytest
import redis
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone, translation

from sources.capturing import fetching
from tests import databases, emptying, make
from tests.embedded_plugin import OWN_BROKER, OWN_DATABASE
from tests.places import ROOT
from workbench.desk.models import LogEntry, User
from workbench.runner.postgres import ADMINISTRATOR


@pytest.mark.skipif(not OWN_BROKER, reason="the broker is not ours to empty")
@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_leaves_the_other_does_not_find(turn, settings):
    with redis.Redis.from_url(settings.REDIS_URL) as store:
        known = store.exists("host:left.example")
        store.set("host:left.example", 1)
    found = translation.get_language(), timezone.get_current_timezone_name(), list(fetching._RESTING), known
    kept = settings.ARCHIVE_FOLDER.exists(), make.number()

    translation.activate("fr")
    timezone.activate("Asia/Tokyo")
    fetching._RESTING["left.example"] = float("inf")
    settings.ARCHIVE_FOLDER.mkdir(parents=True)

    assert found == (settings.LANGUAGE_CODE, settings.TIME_ZONE, [], 0)
    assert kept == (False, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_rows_that_one_test_commits_the_other_does_not_find(turn):
    found = User.objects.count(), LogEntry.objects.count()
    types = ContentType.objects.filter(app_label="workbench").count()

    make.log_entry(by=make.editor())

    assert found == (0, 0)
    assert types == len(list(apps.get_app_config("workbench").get_models()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not OWN_DATABASE, reason="the database is not ours to switch triggers off")
def test_no_tables_are_made_anew_beside_a_browser(browser):
    tables = connection.introspection.django_table_names(only_existing=True)

    assert connection.ops.sql_flush(no_style(), tables) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not OWN_DATABASE, reason="the database is not ours to empty")
def test_rows_that_were_rolled_back_take_no_room():
    with psycopg.connect(databases.of_this_test(ADMINISTRATOR)) as server:
        server.execute(
            "insert into django_session select n, repeat('x', 200), now() from generate_series(1, 5000) as n"
        )
        server.rollback()
    room = "select pg_relation_size('django_session')"
    with connection.cursor() as cursor:
        before = cursor.execute(room).fetchone()[0]
        emptying.shed(connection.settings_dict["NAME"])
        after = cursor.execute(room).fetchone()[0]

    assert (before > emptying.LARGE, after) == (True, 0)


def test_a_quiet_run_prints_its_order():
    options = ["-q", "-p", "no:cacheprovider", "--randomly-seed=7", "--collect-only", "tests/test_make.py"]

    said = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "order: pytest --randomly-seed=7" in said.stdout.splitlines()
