"""The server keeps the plans of compiled queries, and of no others; fixed values stand in them as literals."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.db.models.functions import Length
from psycopg.types.json import Jsonb

from claims.intake import restricting
from claims.models import Claim
from claims.models.vocabulary import Status
from sources.models import Source
from tests import make
from workbench.desk import hidden_rows
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.kept_plans import with_literals

pytestmark = pytest.mark.django_db

EVIL = ["", "'; DROP TABLE x; --", "50 %", "%s", "%%s", "back\\slash", "a\nb", "ك\u200fلمة", 'quote"', "${x}", "{0}"]


def kept():
    """The SQL of each plan that the server keeps for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def plans_of(mark):
    return [statement for statement in kept() if mark in statement]


def test_a_compiled_query_is_planned_once_for_all_keys_and_a_plain_one_each_time():
    @CompiledQuery
    def older(than):
        """Open claims with a smaller key."""
        return Claim.objects.filter(status=Status.OPEN, pk__lt=than).alias(mark=Length("place")).filter(mark=0)

    made = make.claim()

    asked = (0, made.pk + 1, made.pk + 70_000, made.pk + 5_000_000_000)
    assert [list(older(than)) for than in asked] == [[], [made], [made], [made]]
    for _time in range(9):
        list(Source.objects.alias(mark=Length("country")).filter(mark=0))

    (plan,) = plans_of('LENGTH("claims_claim"."place")')
    assert "'open'" in plan
    assert "$1" in plan
    assert not plans_of('LENGTH("sources_source"."country")')


def test_no_plan_is_kept_where_a_key_decides_on_it():
    @partial(CompiledQuery, keeps_plan=False)
    def found(words):
        return Source.objects.filter(word_index__match=words).alias(mark=Length("country")).filter(mark=0)

    courier, herald = make.source("Courier"), make.source("Herald")

    assert [found(word) for word in ("'courier'", "'herald':*", "'none'")] == [[courier], [herald], []]
    assert not plans_of('LENGTH("sources_source"."country")')


@pytest.mark.parametrize("value", EVIL)
def test_a_fixed_value_is_a_literal_whatever_it_holds(value):
    sql = with_literals("SELECT %s::text, %s::text, '100 %%'", [value, "sent"], [False, True])

    with connection.cursor() as cursor:
        cursor.execute(sql, ["other"])
        assert cursor.fetchone() == (value, "other", "100 %")


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 7, -3, 2**62, 2.5, Decimal("1.50"), [1, 2], Status.OPEN, b"100 %\\ \x00"),
        *(date(2026, 11, 27), datetime(2026, 11, 27, 3, tzinfo=UTC), timedelta(days=3, seconds=1)),
    ],
)
def test_a_fixed_value_keeps_its_kind(value):
    sql = with_literals("SELECT %s", [value], [False])

    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        assert cursor.fetchone() == (value,)


def test_json_is_a_literal_too():
    told = {"a": 'quote"s', "b": "100 %", "c": "back\\slash", "d": "كلمة"}

    with connection.cursor() as cursor:
        cursor.execute(with_literals("SELECT %s::jsonb", [Jsonb(told)], [False]), [])
        assert json.loads(cursor.fetchone()[0]) == told


def test_no_plan_is_kept_for_a_reader_from_whom_rows_are_hidden():
    @CompiledQuery
    def claims(above):
        """Claims."""
        return Claim.objects.filter(pk__gt=above).alias(mark=Length("short_text")).filter(mark=0)

    named, other = make.reporter(), make.reporter()
    hidden = make.claim(logged_by=named, short_text="")
    restricting.name(hidden, named, by=named)

    with hidden_rows.read_by(lambda: other.pk):
        assert hidden not in claims(0)
    assert not plans_of('LENGTH("claims_claim"."short_text")')
    with hidden_rows.read_by(lambda: named.pk):
        assert hidden in claims(0)
    assert plans_of('LENGTH("claims_claim"."short_text")')
