"""The addresses of databases on the server of the tests, for processes that a test starts."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def beside(name):
    """Return the address of another database on the same server."""
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()


def of_this_test():
    """Return the address of the database that this test uses."""
    return beside(connection.settings_dict["NAME"])
