import pytest
from django.db import connection

from sources.models.vocabulary import SourceKind
from sources.registry import registering
from tests import make
from workbench.desk import audit, seal_check

pytestmark = pytest.mark.django_db


def problems():
    return [fault.problem for batch in seal_check.batches() for fault in batch.faults]


def behind_the_rules(statement, *values):
    """Do what only somebody can who owns the database: switch all triggers off, and write."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def source():
    make.passage()
    found = registering.add_source(name="Le Courrier d’Arvel", kind=SourceKind.OUTLET, by=make.editor())
    audit.bind_seals()
    return found


def test_rows_that_nobody_touched_hold(source):
    assert problems() == []
    assert seal_check.waiting() == 0


def test_a_changed_column_is_named(source):
    behind_the_rules("UPDATE sources_source SET country = 'XX' WHERE id = %s", source.pk)

    assert "country" in problems()[0]
    assert len(problems()) == 1
