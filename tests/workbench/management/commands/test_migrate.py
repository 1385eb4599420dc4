import pytest
from django.core.management import call_command
from django.db import connection

from tests import databases
from workbench.desk import app_role, owner
from workbench.runner import paths

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_a_migration_the_app_role_has_its_rights():
    with databases.unbound() as cursor:
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {paths.APP}")

    call_command("migrate", verbosity=0)

    assert (app_role.lacking(), app_role.too_much()) == ({}, [])


def test_a_look_at_what_is_to_be_migrated_changes_no_rights(capsys):
    with databases.unbound() as cursor:
        cursor.execute(f"REVOKE INSERT ON claims_claim FROM {paths.APP}")

    call_command("migrate", plan=True)

    assert app_role.lacking() == {"claims_claim": {"INSERT"}}
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(f"GRANT INSERT ON claims_claim TO {paths.APP}")
