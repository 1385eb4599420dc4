"""The migration that replaces all others on an empty database makes the same models and seals as they do."""

import re

import pytest
from django.apps import apps
from django.core.management.commands import makemigrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL
from django.db.migrations.state import ProjectState

from tests import house
from workbench.desk.seal_triggers import SealTables


def loaded(*, replace):
    loader = MigrationLoader(None, load=False, replace_migrations=replace)
    loader.build_graph()
    return loader


@pytest.fixture(scope="module")
def step_by_step():
    return loaded(replace=False)


@pytest.fixture(scope="module")
def at_once():
    return loaded(replace=True)


def seals(loader, app):
    """Return the columns, the form and the group by which each model is sealed in the end."""
    found = {}
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(app), at_end=True):
        for operation in loader.graph.nodes[key].operations if key[0] == app else []:
            if isinstance(operation, SealTables):
                for name, columns in operation.tables.items():
                    found[name.lower()] = (columns.split(), operation.form, operation.groups.get(name, ""))
    return found


def statements(loader, app):
    """Return the SQL that migrations run, by the function that it makes; what changes old rows is left out."""
    found = {}
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(app), at_end=True):
        for operation in loader.graph.nodes[key].operations if key[0] == app else []:
            if isinstance(operation, RunSQL) and not operation.sql.lstrip().startswith(("UPDATE", "DELETE")):
                made = re.search(r"CREATE (?:OR REPLACE )?FUNCTION (?:public\.)?(\w+)", operation.sql)
                found[made.group(1) if made else operation.sql] = operation.sql
    return found


@pytest.mark.parametrize("app", house.APPS)
def test_an_empty_database_gets_its_tables_at_once(app, at_once):
    first = [key for key in at_once.graph.nodes if key[0] == app and "_squashed_" in key[1]]

    assert len(first) == 1
    assert at_once.graph.nodes[first[0]].replaces[0] == (app, "0001_initial")


@pytest.mark.parametrize("way", ["at_once", "step_by_step"])
def test_both_ways_lead_to_the_models_of_today_with_their_triggers(way, request):
    loader = request.getfixturevalue(way)
    detector = makemigrations.Command.autodetector(loader.project_state(), ProjectState.from_apps(apps))

    assert detector.changes(loader.graph) == {}


@pytest.mark.parametrize("app", house.APPS)
def test_both_ways_lead_to_the_same_seals(app, at_once, step_by_step):
    assert seals(at_once, app) == seals(step_by_step, app) != {}


@pytest.mark.parametrize("app", house.APPS)
def test_both_ways_run_the_same_statements(app, at_once, step_by_step):
    assert statements(at_once, app) == statements(step_by_step, app) != {}
