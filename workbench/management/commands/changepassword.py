"""`manage.py changepassword`: stands before Django’s command, with which one person chose the password of another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refuses: nobody chooses the password of another. Use “manage.py password_link”."

    def run_from_argv(self, argv: list[str]) -> None:
        """Take any arguments."""
        super().run_from_argv(argv[:2])

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say which command to use."""
        raise CommandError("Nobody chooses the password of another. Run “manage.py password_link USERNAME”.")
