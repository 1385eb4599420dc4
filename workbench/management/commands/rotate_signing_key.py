"""`manage.py rotate_signing_key`: replace the key that signs checkpoints; the old key signs the new one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workbench.desk import checkpointing
from workbench.desk.refusal import Refusal
from workbench.transparency import signed_note


class Command(BaseCommand):
    help = "Replace the key that signs checkpoints of the log. Old checkpoints stay valid."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--lost``, for a key that cannot sign the new one."""
        parser.add_argument("--lost", action="store_true", help="The old key is lost: the log keeps that.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the new public key; raise ``CommandError`` where the old one cannot be used."""
        try:
            key = checkpointing.replace_lost() if options["lost"] else checkpointing.rotate()
        except (Refusal, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(signed_note.key_text(checkpointing.origin(), key.data))
