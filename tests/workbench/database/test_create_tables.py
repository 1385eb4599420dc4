"""Tables that are created together are those of one ``CreateModel`` after another, and go together."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from workbench.database.create_tables import CreateTables, tables_together
from workbench.desk import owner

KEY = ("id", models.BigAutoField(primary_key=True))
TABLES = [
    CreateModel("Ferry", [KEY, ("name", models.TextField())]),
    CreateModel("Crossing", [KEY, ("ferry", models.ForeignKey("claims.Ferry", models.CASCADE))]),
    CreateModel("Timetable", [KEY, ("crossings", models.ManyToManyField("claims.Crossing"))]),
]
NAMES = {"claims_ferry", "claims_crossing", "claims_timetable", "claims_timetable_crossings"}


def after(operations, *, rendered):
    state = ProjectState()
    if rendered:
        assert state.apps.get_models() == []
    for operation in operations:
        operation.state_forwards("claims", state)
    return state


@pytest.mark.parametrize("rendered", [True, False])
def test_the_models_are_those_of_one_after_another(rendered):
    at_once, one_by_one = after([CreateTables(TABLES)], rendered=rendered), after(TABLES, rendered=rendered)

    assert at_once == one_by_one
    fields = [field.name for field in at_once.apps.get_model("claims", "Ferry")._meta.get_fields()]
    assert fields == ["crossing", "id", "name"]


@pytest.mark.django_db(transaction=True)
def test_tables_are_there_with_their_links_and_go_again():
    before, operation = ProjectState(), CreateTables(TABLES)
    state = after([operation], rendered=False)

    with owner.acting():
        with connection.schema_editor() as editor:
            operation.database_forwards("claims", editor, before, state)
        made = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            links = connection.introspection.get_relations(cursor, "claims_crossing")
        with connection.schema_editor() as editor:
            operation.database_backwards("claims", editor, state, before)
        left = set(connection.introspection.table_names())

    assert made >= NAMES
    assert links["ferry_id"][:2] == ("id", "claims_ferry")
    assert not NAMES & left


def test_the_plan_says_how_many():
    assert CreateTables(TABLES).describe() == "Create the tables of 3 models"


def test_each_run_of_tables_is_one_operation_and_the_others_keep_their_places():
    index = AddIndex("Ferry", models.Index(fields=["name"], name="ferry_name"))

    found = tables_together([*TABLES[:2], index, TABLES[2]])

    assert [type(each) for each in found] == [CreateTables, AddIndex, CreateTables]
    assert [each.tables for each in (found[0], found[2])] == [TABLES[:2], TABLES[2:]]
