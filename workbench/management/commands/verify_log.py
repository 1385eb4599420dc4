"""`manage.py verify_log`: verify the hash chains of the audit log, and say where they do not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import audit


class Command(BaseCommand):
    help = "Recompute every chain of the log, or one, and fail with each place where it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the chain to verify."""
        parser.add_argument("--chain", help='one chain, such as "claim 12" (default: all)')

    def handle(self, *args: Any, chain: str | None = None, **options: Any) -> None:
        """Print how many chains are intact; raise ``CommandError`` with the faults when one is not."""
        chains = audit.chains()
        if chain and chain not in chains:
            raise CommandError(f"There is no chain “{chain}”: it never was, or it was removed as a whole.")
        chains = [chain] if chain else chains
        faults = [fault for name in chains for fault in audit.verify(name)]
        if faults:
            raise CommandError("\n".join(f"{fault.chain}, entry {fault.seq}: {fault.problem}" for fault in faults))
        self.stdout.write(f"{len(chains)} chains hold.")
