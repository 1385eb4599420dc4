import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError

from tests import databases
from workbench.desk import owner
from workbench.runner import paths

ADDRESS = "postgres://{}@/workbench?host=%2Frun"


def who_works():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_owner_works_on_the_same_database_and_then_the_app_role_again():
    name = connection.settings_dict["NAME"]

    with owner.acting():
        during = (who_works(), connection.settings_dict["NAME"])

    assert (during, who_works()) == ((paths.OWNER, name), paths.APP)
    with pytest.raises(ProgrammingError, match="must be owner"):
        databases.run("ALTER TABLE claims_claim RENAME TO gone")


@pytest.mark.django_db
def test_a_transaction_keeps_its_user():
    with pytest.raises(TransactionManagementError), transaction.atomic(), owner.acting():
        pass

    assert who_works() == paths.APP


@pytest.mark.parametrize(
    ("program", "owners", "is_apart"),
    [("desk", "", False), ("desk", "desk", False), ("app", "desk", True)],
)
def test_the_owner_is_apart_where_it_is_another_user(settings, program, owners, is_apart):
    settings.DATABASE_URL = ADDRESS.format(program)
    settings.DATABASE_OWNER_URL = ADDRESS.format(owners) if owners else ""

    assert (owner.user(), owner.is_apart()) == (program, is_apart)


@pytest.mark.django_db
def test_where_no_owner_is_named_the_one_user_goes_on(settings):
    settings.DATABASE_OWNER_URL = ""

    with owner.acting():
        assert who_works() == paths.APP
