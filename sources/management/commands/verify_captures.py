"""``manage.py verify_captures``: recompute the hash chain of captures and its timestamps, and check the archive."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.proving import sealing


class Command(BaseCommand):
    help = "Recompute the chain of captures and its stamps, and fail with each place where it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the option to read the archive too."""
        parser.add_argument("--archive", action="store_true", help="also read every record and compare its SHA-256")

    def handle(self, *args: Any, archive: bool = False, **options: Any) -> None:
        """Print how many captures are intact; raise ``CommandError`` with the faults when one is not."""
        faults = sealing.verify() + (sealing.verify_archive() if archive else [])
        if faults:
            raise CommandError("\n".join(f"link {fault.number}: {fault.problem}" for fault in faults))
        links, stamps = sealing.sealed()
        self.stdout.write(f"{links} captures hold, under {stamps} stamps.")
