"""`manage.py verify_log`: verify the hash chains of the log and the seals of all rows, and say what does not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import audit, seal_check
from workbench.desk.audit import Fault

EVERY = 10  # seconds between two lines that say how far the check has come


class Command(BaseCommand):
    help = "Recompute every chain of the log, or one, and hold every row against its seal; fail with all that differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the chain to verify, or the place from which a check goes on."""
        parser.add_argument("--chain", help='only one chain, such as "claim 12", with the rows that it seals')
        parser.add_argument("--after", default="", help='go on after a place that the command named: "decision:5000"')

    def handle(self, *args: Any, chain: str | None = None, after: str = "", **options: Any) -> None:
        """Print how many chains and rows hold; raise ``CommandError`` with the faults when one does not."""
        chains = [] if after else audit.chains()
        if chain and chain not in chains:
            raise CommandError(f"There is no chain “{chain}”: it never was, or it was removed as a whole.")
        chains = [chain] if chain else chains
        faults = [fault for name in chains for fault in audit.verify(name)]
        rows, of_rows = (0, seal_check.of_chain(chain)) if chain else self._rows(after)
        faults += of_rows
        if faults:
            raise CommandError("\n".join(f"{fault.chain}, entry {fault.seq}: {fault.problem}" for fault in faults))
        self.stdout.write(f"{len(chains)} chains hold.")
        if not chain:
            self.stdout.write(f"{rows} rows are as they were sealed; {seal_check.waiting()} seals wait for the log.")

    def _rows(self, after: str) -> tuple[int, list[Fault]]:
        """Hold all rows against their seals; return how many, and what differs."""
        rows, said = 0, monotonic()
        faults: list[Fault] = []
        try:
            for batch in seal_check.batches(after):
                rows, faults = rows + batch.rows, faults + batch.faults
                if monotonic() > said + EVERY:
                    said = monotonic()
                    self.stderr.write(f"{rows} rows, {len(faults)} errors; to go on from here: --after {batch.place}")
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        return rows, faults
