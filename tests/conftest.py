"""What every test can rely on: real servers, a closed network, a browser where there is one, and a clean process.

pytest-randomly draws a new order for each run, so no test may depend on the tests before it. pytest-django empties the
database after each test; the fixtures here put back what else outlives a test.
"""

from __future__ import annotations

import gc
import os
import uuid
from functools import cache

import pytest
import redis
from django.conf import settings as django_settings
from django.test import override_settings
from django.utils import timezone, translation
from pytest_socket import socket_allow_hosts

from claims.pages import suggestion_counts
from sources.capturing import fetching
from tests import databases, emptying, facts_of_log, make_kept, once, template
from tests.chromium import CHROMIUM, NO_CHROMIUM, OPTIONS
from tests.embedded_plugin import OWN_BROKER, OWN_DATABASE
from workbench.desk import actor_proof, compiled_queries, health

LOOPBACK = ["127.0.0.0/8", "::1", "localhost"]

# Playwright keeps an event loop on the thread of the test, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A bare container does not know the name localhost.
os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")


@pytest.fixture(autouse=True)
def _shut_network():
    """Close the network but for this machine; pytest-socket opens it again after each test."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _default_language_and_time_zone():
    """Begin and end each test in the default language and time zone: a request leaves its reader’s behind."""
    translation.deactivate()
    timezone.deactivate()
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _no_memory_of_hosts():
    """Forget all hosts before each test: the port of its server may have belonged to another site.

    Valkey keeps each host’s turns, robots.txt and page for missing addresses; the process keeps which hosts rest.
    Messages to workers go too. Celery’s bindings stay, because a process declares its queue only once.
    """
    fetching._RESTING.clear()
    if not OWN_BROKER:
        return
    left = [key for key in _store().scan_iter(count=1000) if not key.startswith(b"_kombu.")]
    if left:
        _store().delete(*left)


@cache
def _store():
    """Return Valkey by a connection that serves all tests of this process: to make one takes longer than to look."""
    return redis.Redis.from_url(django_settings.REDIS_URL)


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Forget what a process keeps for a while: answers of health checks, numbers of suggestions, large numbers."""
    health.kept_answers.clear()
    suggestion_counts.kept_counts.clear()
    compiled_queries.large_numbers.clear()


@pytest.fixture(autouse=True)
def _own_archive(settings):
    """Give each test an empty archive. Its first capture makes the folder; the end of the run removes it."""
    settings.ARCHIVE_FOLDER = settings.VAR / "archives" / uuid.uuid4().hex


@pytest.fixture(autouse=True)
def _numbers_from_one():
    """Number the rows of each test from 1, so that their names sort the same way in every order of tests."""
    make_kept.number_from_one()


@pytest.fixture(scope="session", autouse=True)
def _desk_of_the_tests():
    """Give the desk a name and an address, without which it cannot publish reports, and hash passwords fast.

    A good hash is slow on purpose. A test that needs other settings sets them.
    """
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(DESK_NAME="Desk of Arvel", DESK_URL="https://desk.arvel", PASSWORD_HASHERS=quick):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Have the owner make the database of this process, as a copy of one that is migrated where the server is ours.

    Django asks again for what is missing.
    """
    from django.db import connection

    databases.connect_as(databases.the_owner)
    if OWN_DATABASE:
        connection.settings_dict["TEST"]["TEMPLATE"] = template.made()


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Let pytest-django empty append-only tables after tests with real transactions, and give tests the app role.

    It uses TRUNCATE, which the trigger no_truncate refuses. Only this trigger is off; its own test turns it on again
    inside a transaction.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) from pg_trigger "
            "where tgname like 'pgtrigger_no_truncate%'"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
    with django_db_blocker.unblock():
        actor_proof.keep()  # the copied database was migrated with another SECRET_KEY
        databases.connect_as(databases.the_app)
        if OWN_DATABASE:
            emptying.quickly(connection)
            request.config.pluginmanager.register(emptying.Shedding(connection.settings_dict["NAME"]))
    yield
    with django_db_blocker.unblock():
        databases.connect_as(databases.the_owner)


@pytest.fixture(scope="session", autouse=True)
def _facts_are_told():
    """Fail each test that records a fact in the log for which no app declares how pages show it."""
    with facts_of_log.all_told():
        yield


@pytest.fixture(scope="session", autouse=True)
def _once():
    """Remember what comes out the same in each test."""
    once.static_files()
    once.vectors()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the system’s Chromium with options that work for root and in a small container."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "headless": True, "args": OPTIONS}


def pytest_collection_finish():
    """Look for garbage less often, and not among modules and tests: that took a fifth of the time of a page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Have the template before the first test: on a busy machine it may take longer than the time limit of a test."""
    uses = {"db", "transactional_db", "live_server"}
    if (
        OWN_DATABASE
        and not session.config.option.collectonly
        and any(
            item.get_closest_marker("django_db") or uses & set(getattr(item, "fixturenames", ()))
            for item in session.items
        )
    ):
        template.made()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    browsing = [item for item in items if "browser_type" in getattr(item, "fixturenames", ())]
    if CHROMIUM or not browsing:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(NO_CHROMIUM)
    for item in browsing:
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter, config):
    """Print the order of the tests in every mode, so that anybody can repeat it."""
    seed = config.getoption("randomly_seed", None)
    order = "-p no:randomly" if seed is None else f"--randomly-seed={seed}"
    terminalreporter.write_line(f"order: pytest {order}")
