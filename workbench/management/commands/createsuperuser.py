"""`manage.py createsuperuser`: stands before Django’s command, whose account no entry of the log would tell."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refuses: an account is made by an act in the log. Use “manage.py create_person”."

    def run_from_argv(self, argv: list[str]) -> None:
        """Take any arguments."""
        super().run_from_argv(argv[:2])

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say which command to use."""
        raise CommandError("The log tells of every account. Run “manage.py create_person NAME --role admin”.")
