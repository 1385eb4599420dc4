"""Load the sample data: people, the invented press and a first claim."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import sample_case


class Command(BaseCommand):
    help = "Load the sample case: people, the invented press with its feeds, and one claim. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing; nothing that exists is changed."""
        try:
            sample_case.load()
        except (sample_case.DatabaseInUse, TimeoutError) as problem:
            raise CommandError(str(problem)) from problem
