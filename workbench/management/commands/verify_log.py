"""`manage.py verify_log`: verify the hash chains of the log and the seals of all rows, and say what does not hold.

With checkpoints that somebody kept elsewhere, it also says what became of the log since.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import anchor_check, audit, seal_check
from workbench.desk.audit import Fault
from workbench.transparency import signed_note
from workbench.transparency.signed_note import TIME

EVERY = 10  # seconds between two lines that say how far the check has come


class Command(BaseCommand):
    help = "Recompute every chain of the log, or one, and hold every row against its seal; fail with all that differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the chain to verify, the place from which a check goes on, and what was kept elsewhere."""
        parser.add_argument("--chain", help='only one chain, such as "claim 12", with the rows that it seals')
        parser.add_argument("--after", default="", help='go on after a place that the command named: "decision:5000"')
        parser.add_argument(
            "--checkpoint",
            metavar="LINE",
            help="a checkpoint kept elsewhere, or a file of them: say what was removed, cut or rewritten since",
        )
        parser.add_argument("--list", metavar="FILE", help="the list that was kept with the checkpoint")

    def handle(self, *args: Any, chain: str | None = None, after: str = "", **options: Any) -> None:
        """Print how many chains and rows hold; raise ``CommandError`` with the faults when one does not."""
        chains = [] if after else audit.chains()
        if chain and chain not in chains:
            raise CommandError(f"There is no chain “{chain}”: it never was, or it was removed as a whole.")
        chains = [chain] if chain else chains
        faults = [fault for name in chains for fault in audit.verify(name)]
        faults += [] if chain or after else anchor_check.faults()
        rows, of_rows = (0, seal_check.of_chain(chain)) if chain else self._rows(after)
        problems = [f"{fault.chain}, entry {fault.seq}: {fault.problem}" for fault in [*faults, *of_rows]]
        problems += self._since(options.get("checkpoint"), options.get("list"))
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(chains)} chains hold.")
        if not chain:
            self.stdout.write(f"{rows} rows are as they were sealed; {seal_check.waiting()} seals wait for the log.")

    def _since(self, checkpoint: str | None, kept: str | None) -> list[str]:
        """Return what became of the log since each checkpoint; print those that hold."""
        if not checkpoint:
            return []
        try:
            notes = signed_note.given(checkpoint)
            listed = Path(kept).read_text(encoding="utf-8").splitlines() if kept else []
        except (signed_note.NoCheckpoint, OSError) as problem:
            raise CommandError(f"This is no checkpoint, and no file of checkpoints: {problem}") from problem
        problems = []
        for held in anchor_check.since(notes, listed):
            name = f"Checkpoint of {held.note.said(TIME)} over {held.note.size} entries"
            problems += [f"{name}: {problem}" for problem in held.problems]
            if not held.problems:
                self.stdout.write(f"{name}: the log still begins with these entries.")
        return problems

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
