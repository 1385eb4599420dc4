"""`manage.py create_person`: create an account, and print the link with which its person chooses a password."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from workbench.desk import people
from workbench.desk.models import User
from workbench.desk.roles import Role
from workbench.pages.password_links import told


class Command(BaseCommand):
    help = "Create an account. Prints the link with which its person chooses a password: it works once, for a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the user name and the role."""
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, required=True, help="an admin manages accounts")

    def handle(self, *_args: Any, username: str, role: str, **_options: Any) -> None:
        """Create the account; the log says that somebody did so on the command line."""
        person = User(username=User.normalize_username(username), role=role)
        try:
            person.full_clean(exclude=["password"])
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from problem
        self.stdout.write(told(people.add_person(person, by=None)))
