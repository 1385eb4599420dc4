"""Kept plans: SQL that PostgreSQL plans a few times for a connection, and then no more.

To plan a query of our pages takes PostgreSQL longer than to answer it. A kept plan knows none of the values that are
sent beside the query. So these are keys alone, and what decides on the plan, such as a status, stands in the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg.sql import Literal

PLACE = re.compile("%.")  # of a value, %s, or a percent sign, %%


class KeptPlan(str):
    """SQL whose plan the server keeps. It must be the same for all readers: plans take memory of each connection."""


def with_literals(sql: str, values: Sequence[Any], sent: Sequence[bool]) -> str:
    """Return SQL of Django in which its values stand, but those that are sent each time."""
    connection.ensure_connection()
    given = iter(zip(values, sent, strict=True))

    def written(place: re.Match[str]) -> str:
        if place[0] != "%s":
            return place[0]
        value, is_sent = next(given)
        return place[0] if is_sent else Literal(value).as_string(connection.connection).replace("%", "%%")

    return PLACE.sub(written, sql)
