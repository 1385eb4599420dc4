"""`manage.py password_link`: end the password of a person, and print the link with which they choose another."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import people
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.pages.password_links import told


class Command(BaseCommand):
    help = "End the password of a person, sign them out, and print the link with which they choose another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the user name."""
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        """Make the link; the log says that somebody did so on the command line."""
        try:
            link = people.renew_password(User.objects.get(username=username), by=None)
        except User.DoesNotExist:
            raise CommandError(f"Nobody here is called {username}.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(told(link))
