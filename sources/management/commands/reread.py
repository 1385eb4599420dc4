"""``manage.py reread``: extract text again from captures that only an older reader has read."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sources.reading import rereading


class Command(BaseCommand):
    help = "Have captures whose newest reading is by an older reader read again; workers do it, and no reading is lost."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the readings due."""
        self.stdout.write(f"{rereading.reread()} captures are due to be read again.")
