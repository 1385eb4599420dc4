"""The connection sends values beside the SQL and keeps plans; neither a long list nor a migration stands in its way."""

import pytest
from django.db import NotSupportedError, connection, transaction
from django.test import override_settings

from claims.models import Claim
from tests import databases, make
from workbench.database.base import MOST_KEPT, MOST_SENT
from workbench.desk.kept_plans import KeptPlan

ASKED = KeptPlan("SELECT mark FROM changing WHERE mark <> %s")


def answer(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def kept():
    return [name for (name,) in answer("SELECT name FROM pg_prepared_statements")]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 1, 4_465])
def test_a_list_of_any_length_can_be_asked_for(more):
    claim = make.claim()
    keys = [claim.pk, *range(claim.pk + 1, claim.pk + MOST_SENT + more)]

    assert list(Claim.objects.filter(pk__in=keys).order_by()) == [claim]
    assert answer(f"SELECT '100 %%', %s = ANY (ARRAY[{', '.join(['%s'] * len(keys))}])", claim.pk, *keys) == [
        ("100 %", True)
    ]


@pytest.mark.django_db
def test_a_connection_keeps_so_many_plans_and_no_more():
    for number in range(MOST_KEPT + 30):
        answer(KeptPlan(f"SELECT {number} WHERE 1 = %s"), 1)

    assert len(kept()) == MOST_KEPT


@pytest.mark.django_db
@override_settings(DATABASE_KEEP_PLANS=False)
def test_behind_a_pooler_no_plan_is_kept():
    for _time in range(9):
        assert answer(KeptPlan("SELECT 7 WHERE 1 = %s"), 1) == [(7,)]

    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_a_plan_goes_on_after_a_refused_transaction():
    asked = KeptPlan("SELECT 8 / %s::int")
    assert answer(asked, 2) == [(4,)]
    with pytest.raises(Exception, match="division by zero"), transaction.atomic():
        answer(asked, 0)

    assert answer(asked, 4) == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_a_column_that_a_migration_changes_fails_one_query_of_a_connection():
    with databases.unbound() as cursor:
        cursor.execute("CREATE TABLE changing (mark varchar(10)); INSERT INTO changing VALUES ('first')")
        cursor.execute("GRANT SELECT ON changing TO PUBLIC")
    try:
        assert answer(ASKED, "") == [("first",)]
        with databases.unbound() as cursor:
            cursor.execute("ALTER TABLE changing ALTER COLUMN mark TYPE varchar(20)")

        with pytest.raises(NotSupportedError, match="must not change result type"):
            answer(ASKED, "")
        connection.close_if_unusable_or_obsolete()  # as after each request, and after each task
        assert answer(ASKED, "") == [("first",)]
    finally:
        with databases.unbound() as cursor:
            cursor.execute("DROP TABLE changing")
