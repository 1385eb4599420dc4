"""What every test may count on: real servers, a shut network, and a browser where there is one."""

from __future__ import annotations

import os
import shutil

import pytest
from django.utils import timezone, translation
from pytest_socket import socket_allow_hosts

LOOPBACK = ["127.0.0.0/8", "::1", "localhost"]
CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))
NO_CHROMIUM = "no Chromium: apt-get install chromium, or name one in CHROMIUM"

# Playwright keeps an event loop on the thread of the test, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A bare container does not know the name localhost.
os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")


@pytest.fixture(autouse=True)
def _shut_network():
    """Nothing but this machine can be reached; pytest-socket opens the network again after each test."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _default_language_and_time_zone():
    """Begin and end each test in the default language and time zone: a request leaves those of its reader behind."""
    translation.deactivate()
    timezone.deactivate()
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hash passwords fast: a good hash is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests with real transactions empty append-only tables afterwards.

    They do so with TRUNCATE, which the trigger no_truncate refuses. It alone is switched off; its own test switches it
    on again inside a transaction.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) from pg_trigger "
            "where tgname like 'pgtrigger_no_truncate%'"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the Chromium of the system, which must work for root and in a small container too."""
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    small = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "headless": True, "args": [*quiet, *small]}


def pytest_collection_modifyitems(items):
    browsing = [item for item in items if "browser_type" in getattr(item, "fixturenames", ())]
    if CHROMIUM or not browsing:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(NO_CHROMIUM)
    for item in browsing:
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
