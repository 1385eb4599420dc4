"""``manage.py app_role``: say what the database user of the programs may do too much, and how to give it less."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from django.utils import translation

from workbench.desk import app_role, owner

ROLE = "workbench_app"


class Command(BaseCommand):
    help = (
        "Say what the database user of the programs may do beyond what it needs, and print the statements that give it "
        "less. Where the only user so far owns the tables, they make a second one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name of the user, and whether to run the statements."""
        parser.add_argument("--role", default="", help=f"the user of the programs (default: {ROLE}, if there is none)")
        parser.add_argument("--run", action="store_true", help="run the statements instead of printing them")

    def handle(self, *args: Any, role: str = "", run: bool = False, **options: Any) -> None:
        """Print what is too much, and the statements; or run them."""
        with translation.override("en"):
            spare = app_role.too_much()
        self.stdout.write("".join(f"-- {owner.user()}: {text}.\n" for text in spare) or "-- Nothing is too much.\n")
        role = role or (owner.user() if owner.is_apart() else ROLE)
        if role == owner.user() and not owner.is_apart():
            raise CommandError(f"{role} owns the tables: name another user for the programs, such as --role {ROLE}.")
        with owner.acting():
            statements, settings_to_make = self._made(role)
            if run:
                _run(statements)
            else:
                self.stdout.write("".join(f"{statement};\n" for statement in statements))
        if settings_to_make:
            self.stdout.write("-- Then set these, the second only where “manage.py migrate” runs:\n")
            self.stdout.write("".join(f"-- {line}\n" for line in settings_to_make))

    def _made(self, role: str) -> tuple[list[str], list[str]]:
        """Return the statements, and the settings to make where the user is new."""
        made, to_set = list[str](), list[str]()
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
            is_known = cursor.fetchone()[0]
            if not is_known:
                password = secrets.token_urlsafe(24)
                libpq = cursor.connection.pgconn
                secret = libpq.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
                made.append(f"CREATE ROLE {connection.ops.quote_name(role)} LOGIN PASSWORD '{secret}'")
                to_set = list(_settings(role, password))
        made += [*app_role.hardening(), *app_role.grants(role), *app_role.on_the_database(role)]
        return made, to_set


def _settings(role: str, password: str) -> Iterator[str]:
    whole = settings.DATABASE_OWNER_URL or settings.DATABASE_URL
    url = urlsplit(whole)
    place, user = url.netloc.rpartition("@")[2], quote(role, safe="")
    yield f"DATABASE_URL={url._replace(netloc=f'{user}:{password}@{place}').geturl()}"  # the password needs no quotes
    yield f"DATABASE_OWNER_URL={whole}"


def _run(statements: list[str]) -> None:
    for statement in statements:
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except ProgrammingError as error:
            problem = str(error).splitlines()[0]
            raise CommandError(
                f"{problem}\nLet an administrator of the database server run this:\n{statement};"
            ) from error
