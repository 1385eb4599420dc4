"""`manage.py two_step USERNAME --off`: let somebody who lost their phone sign in with the password alone."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import two_step_setting
from workbench.desk.models import User
from workbench.desk.refusal import Refusal


class Command(BaseCommand):
    help = "Turn off two-step sign-in for somebody who lost their phone and their recovery codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the user name; the option says what is meant."""
        parser.add_argument("username")
        parser.add_argument("--off", action="store_true", required=True, help="turn it off; the log says so")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        """Turn it off; end with the reason where that fails."""
        try:
            two_step_setting.turn_off(User.objects.get(username=username), by=None)
        except User.DoesNotExist:
            raise CommandError(f"Nobody here is called {username}.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{username} signs in with the password alone now.")
