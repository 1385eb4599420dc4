"""`manage.py verify_log`: verify the hash chains of the audit log, and say where they do not hold.

With checkpoints that somebody kept elsewhere, it also says what became of the log since.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import anchor_check, audit
from workbench.transparency import signed_note
from workbench.transparency.signed_note import TIME


class Command(BaseCommand):
    help = "Recompute every chain of the log, or one, and fail with each place where it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the chain to verify, and what was kept elsewhere."""
        parser.add_argument("--chain", help='one chain, such as "claim 12" (default: all)')
        parser.add_argument(
            "--checkpoint",
            metavar="LINE",
            help="a checkpoint kept elsewhere, or a file of them: say what was removed, cut or rewritten since",
        )
        parser.add_argument("--list", metavar="FILE", help="the list that was kept with the checkpoint")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many chains are intact; raise ``CommandError`` with the faults when one is not."""
        chains = audit.chains()
        chain = options.get("chain")
        if chain and chain not in chains:
            raise CommandError(f"There is no chain “{chain}”: it never was, or it was removed as a whole.")
        chains = [chain] if chain else chains
        faults = [fault for name in chains for fault in audit.verify(name)]
        faults += [] if chain else anchor_check.check().faults
        problems = [f"{fault.chain}, entry {fault.seq}: {fault.problem}" for fault in faults]
        problems += self._since(options.get("checkpoint"), options.get("list"))
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(chains)} chains hold.")

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
