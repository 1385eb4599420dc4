"""The owner of the tables: a database user of its own, for migrations and indexes; the programs at work are not it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import environ
from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

WHO = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")  # of an address: not which database


def is_apart() -> bool:
    """Return whether the owner of the tables is another user than that of the programs at work."""
    return bool(settings.DATABASE_OWNER_URL) and who(settings.DATABASE_OWNER_URL)["USER"] != user()


def user() -> str:
    """Return the name of the database user as which the programs work: the app role."""
    return str(who(settings.DATABASE_URL)["USER"])


@contextmanager
def acting() -> Iterator[None]:
    """Work as the owner of the tables on the connection of this thread, which we open again before and after.

    Where no owner is named, DATABASE_URL names it. Raises ``TransactionManagementError`` inside a transaction.
    """
    if not settings.DATABASE_OWNER_URL:
        yield
        return
    if connection.in_atomic_block:
        raise TransactionManagementError("A transaction cannot change its user: ask the owner before or after it.")
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = {**before, **who(settings.DATABASE_OWNER_URL)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def who(url: str) -> dict[str, Any]:
    """Return who connects where by an address, as the settings of a connection: all but the name of the database."""
    given = environ.Env.db_url_config(url)
    return {name: given.get(name, {} if name == "OPTIONS" else "") for name in WHO}
