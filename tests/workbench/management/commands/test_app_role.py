import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import databases
from workbench.desk import app_role
from workbench.runner import postgres

pytestmark = pytest.mark.django_db
MADE = "app_of_a_test"


@pytest.fixture
def one_user(settings):
    """A desk whose only database user owns everything, and may make others."""
    settings.DATABASE_URL = databases.of_this_test(postgres.ADMINISTRATOR)
    settings.DATABASE_OWNER_URL = ""
    with databases.unbound():
        yield


def test_where_nothing_is_too_much_it_says_so_and_prints_the_grants(capsys, settings):
    settings.DATABASE_OWNER_URL = ""  # in a transaction of a test

    call_command("app_role", role="another")

    printed = capsys.readouterr().out
    assert printed.startswith('-- Nothing is too much.\nCREATE ROLE "another" LOGIN PASSWORD \'SCRAM-SHA-256$')
    assert 'GRANT SELECT ON TABLES TO "another";\nGRANT CONNECT ON DATABASE' in printed


@pytest.mark.usefixtures("one_user")
def test_a_second_user_is_made_that_may_do_only_what_it_needs(capsys):
    call_command("app_role", role=MADE, run=True)

    first, *_rest, program, owners = capsys.readouterr().out.splitlines()
    assert first == f"-- {postgres.ADMINISTRATOR}: it is a superuser."
    assert program.startswith(f"-- DATABASE_URL=postgres://{MADE}:")
    assert owners == f"-- DATABASE_OWNER_URL={databases.of_this_test(postgres.ADMINISTRATOR)}"
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {MADE}")
    assert (app_role.too_much(), app_role.lacking()) == ([], {})


@pytest.mark.usefixtures("one_user")
def test_the_owner_is_not_made_the_user_of_the_programs():
    with pytest.raises(CommandError, match="owns the tables"):
        call_command("app_role", role=postgres.ADMINISTRATOR)


def test_what_this_owner_may_not_do_is_left_to_an_administrator(settings):
    settings.DATABASE_OWNER_URL = ""

    with pytest.raises(CommandError, match=rf'administrator of the database server run this:\nCREATE ROLE "{MADE}"'):
        call_command("app_role", role=MADE, run=True)
