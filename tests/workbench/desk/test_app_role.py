"""What the programs may do in the database: held against the tables as they are, and against sins planted in them."""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction

from claims.models import Answer
from tests import databases, make
from workbench.desk import app_role
from workbench.desk.guards import READ, rights
from workbench.desk.models import LogEntry, LogHead, User
from workbench.runner import paths

pytestmark = pytest.mark.django_db
APP = paths.APP
TEMPORARY = "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$"
IGNORES = (
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql "
    "AS $$ SELECT current_setting('pgtrigger.ignore', true) IS NOT NULL $$"
)


def planted(*statements):
    with databases.unbound() as cursor:
        for statement in statements:
            cursor.execute(statement)


def held(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT each FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', "
            "'REFERENCES']) each WHERE has_table_privilege(%s, each))",
            [table],
        )
        return set(cursor.fetchone()[0])


def test_the_app_role_has_what_it_needs_on_every_table_and_nothing_else():
    assert (app_role.too_much(), app_role.lacking()) == ([], {})
    assert app_role.health().problem == ""


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model.__name__)
def test_no_right_outlives_what_the_guards_of_a_table_refuse(model):
    refused = {
        operation
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name == "append_only" and "RETURN OLD" not in str(trigger.func)
        for operation in str(trigger.operation).split(" OR ")
    }

    table = model._meta.db_table
    assert held(table) == app_role.needed()[table]
    assert not held(table) & refused


def test_the_log_is_added_to_and_its_ends_are_read_only():
    assert (rights(LogEntry), rights(LogHead)) == ({"SELECT", "INSERT"}, READ)
    assert rights(Answer.evidence.through) == {"SELECT", "INSERT"}
    assert rights(User) == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    entry = make.log_entry()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LogHead.objects.filter(chain=entry.chain).update(seq=0)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LogHead.objects.create(chain="claim 999", seq=7, hash="0" * 64)


def test_no_setting_of_a_session_switches_a_guard_off():
    claim = make.claim()
    databases.run("SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger), true)")

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        type(claim).objects.filter(pk=claim.pk).update(logged_at=make.MONDAY)


@pytest.mark.parametrize(
    ("sin", "told"),
    [
        (f"GRANT TRUNCATE ON claims_claim TO {APP}", "claims_claim"),
        (f"GRANT UPDATE ON claims_report TO {APP}", "claims_report"),
        (f"GRANT UPDATE (hash) ON workbench_loghead TO {APP}", "workbench_loghead"),
        ("GRANT DELETE ON workbench_logentry TO PUBLIC", "workbench_logentry"),
        (f"CREATE TABLE later (a integer); GRANT ALL ON later TO {APP}", "later"),
        (f"GRANT CREATE ON SCHEMA public TO {APP}", "may make tables"),
        (
            "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$",
            "temporary",
        ),
        (f"GRANT pg_read_server_files TO {APP}", "files of the server"),
        (f"GRANT EXECUTE ON FUNCTION pg_read_file(text) TO {APP}", "files of the server"),
        (f"GRANT EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO {APP}", "large objects"),
        (f"ALTER ROLE {APP} CREATEROLE", "databases or roles"),
        (f"GRANT {paths.OWNER} TO {APP}", "owns the database"),
        (f"ALTER TABLE claims_claim OWNER TO {APP}", "owns the database"),
        (f"ALTER ROLE {APP} SUPERUSER", "is a superuser"),
        (IGNORES, "pgtrigger.ignore"),
    ],
)
def test_what_is_too_much_is_told(sin, told):
    planted(sin)

    assert told in app_role.health().problem


def test_rights_that_are_missing_fail_the_health_check():
    planted(f"REVOKE INSERT ON claims_claim FROM {APP}")

    found = app_role.health()

    assert (found.ok, app_role.lacking()) == (False, {"claims_claim": {"INSERT"}})
    assert "claims_claim. Run “manage.py migrate”." in found.problem


def test_the_owner_gives_back_what_is_needed_and_takes_the_rest():
    planted(
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP}, PUBLIC",
        "CREATE TABLE later (id bigserial, a integer)",
        f"ALTER TABLE later OWNER TO {paths.OWNER}",
        f"REVOKE INSERT ON claims_claim FROM {APP}",
    )

    with databases.unbound() as cursor:
        cursor.execute(f"SET ROLE {paths.OWNER}")
        for statement in [*app_role.hardening(), *app_role.grants(APP), *app_role.on_the_database(APP)]:
            cursor.execute(statement)

    assert (app_role.too_much(), app_role.lacking(), held("later")) == ([], {}, set())
