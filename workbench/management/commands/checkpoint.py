"""`manage.py checkpoint`: make a checkpoint of the log now, and print it as one line to keep elsewhere."""

from __future__ import annotations

import base64
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.desk import checkpointing, log_tree
from workbench.desk.anchors import Checkpoint
from workbench.desk.refusal import Refusal
from workbench.transparency import signed_note


class Command(BaseCommand):
    help = "Make a checkpoint of the log now and print it. Keep the line outside this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the checkpoint, and the file for the list."""
        parser.add_argument("--note", action="store_true", help="print the signed note in its lines (C2SP)")
        parser.add_argument(
            "--since",
            metavar="LINE",
            help="also print the proof that the log only grew since a checkpoint kept elsewhere",
        )
        parser.add_argument("--list", metavar="FILE", help="also write the line of every entry, to keep elsewhere too")

    def handle(self, *args: Any, note: bool = False, list: str | None = None, **options: Any) -> None:  # noqa: A002
        """Print the checkpoint; raise ``CommandError`` where the desk cannot sign."""
        try:
            made = checkpointing.now()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if list:
            with Path(list).open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in log_tree.lines(made.size))
        self.stdout.write(made.text if note else made.line)
        if options.get("since"):
            self.stdout.writelines(f"{line}\n" for line in _proof(options["since"], made))


def _proof(line: str, made: Checkpoint) -> Iterator[str]:
    """Yield the lines of the proof that a checkpoint begins with the log of a kept one. Raises ``CommandError``."""
    try:
        (kept,) = signed_note.given(line)
    except (signed_note.NoCheckpoint, OSError, ValueError) as problem:
        raise CommandError("This is no checkpoint, and no file with one.") from problem
    if not 0 < kept.size <= made.size or log_tree.root(kept.size) != kept.root:
        raise CommandError("The log does not begin with this checkpoint. “verify_log --checkpoint” says what differs.")
    yield from (base64.b64encode(each).decode() for each in log_tree.consistency(kept.size, made.size))
