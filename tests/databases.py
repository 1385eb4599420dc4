"""The databases of the tests: their users, and their addresses for processes that a test starts.

A test works as the programs do: with the rights of the app role. Its connection belongs to the administrator of the
server, so that a test can do in the same transaction what only the owner of the database could.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

from workbench.desk import owner
from workbench.runner import paths, postgres


def prepare(var):
    """Make the users on the private server, and what a database of a test has from the start."""
    postgres.create_database(var)
    with psycopg.connect(
        f"host='{paths.socket_folder(var)}' user=postgres dbname=template1", autocommit=True
    ) as server:
        server.execute(postgres.PGVECTOR)
        server.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")
        server.execute(f"GRANT USAGE ON LANGUAGE plpgsql TO {paths.OWNER}")
        server.execute(f"ALTER ROLE {paths.OWNER} CREATEDB")


def beside(name, user=""):
    """Return the address of another database on the same server."""
    url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    return url.replace(f"//{paths.APP}@", f"//{user}@") if user else url


def of_this_test(user=""):
    """Return the address of the database that this test uses."""
    return beside(connection.settings_dict["NAME"], user)


def connect_as(who):
    """Have every connection of this process connect as the owner of the tables, or with the rights of the app role."""
    connection.close()
    connection.settings_dict.update(who())


def the_owner():
    return owner.who(settings.DATABASE_OWNER_URL or settings.DATABASE_URL)


def the_app():
    given = owner.who(settings.DATABASE_URL)
    if given["USER"] != paths.APP:
        return given
    return {**given, "USER": postgres.ADMINISTRATOR, "OPTIONS": {**given["OPTIONS"], "assume_role": paths.APP}}


@contextmanager
def unbound():
    """Return a cursor of the connection of this test with the rights of the administrator, in the same transaction.

    What the test does by its models has these rights too, until the end.
    """
    role = connection.settings_dict["OPTIONS"].get("assume_role")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield cursor
        if role and not connection.needs_rollback:
            cursor.execute(f"SET ROLE {role}")


def run(statement):
    """Run a statement with the rights of the test, that is of the app role."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
