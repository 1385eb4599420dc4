"""The server keeps the plans of compiled queries, and of no others; fixed values stand in them as literals."""

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test import override_settings

from claims.models import Claim
from claims.models.vocabulary import Status
from sources.models import Source
from tests import make
from workbench.database.base import Cursor, DatabaseWrapper
from workbench.database.kept_plans import with_literals
from workbench.desk.compiled_queries import CompiledQuery

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
    list(Source.objects.alias(mark=Length("country")).filter(mark=0))

    (plan,) = plans_of('LENGTH("claims_claim"."place")')
    assert "'open'" in plan
    assert "$1" in plan
    assert not plans_of('LENGTH("sources_source"."country")')


@pytest.mark.parametrize("value", EVIL)
def test_a_fixed_value_is_a_literal_whatever_it_holds(value):
    sql = with_literals("SELECT %s::text, %s::text, '100 %%'", [value, "sent"], [False, True])

    with connection.cursor() as cursor:
        cursor.execute(sql, ["other"])
        assert cursor.fetchone() == (value, "other", "100 %")


@pytest.mark.parametrize("value", [None, True, 7, -3, 2.5, [1, 2], Status.OPEN])
def test_a_fixed_value_keeps_its_kind(value):
    sql = with_literals("SELECT %s", [value], [False])

    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        assert cursor.fetchone() == (value,)


@pytest.mark.parametrize(("keeps", "is_ours"), [(True, True), (False, False)])
def test_behind_a_pooler_no_plan_is_kept(keeps, is_ours):
    with override_settings(DATABASE_KEEP_PLANS=keeps):
        params = DatabaseWrapper(connection.settings_dict).get_connection_params()

    assert (params["cursor_factory"] is Cursor) is is_ours
    assert (params["prepare_threshold"] is not None) is keeps
