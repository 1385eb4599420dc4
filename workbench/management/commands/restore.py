"""`manage.py restore DIR`: bring a backup back into an empty desk, and run every check on it."""

from __future__ import annotations

import contextlib
import io
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection

from workbench.desk import owner
from workbench.management.commands.backup import told
from workbench.runner import backup, embedded, postgres_client

# The owner of the tables may not comment on an extension, and the app role gets its rights from the migration.
OPTIONS = ("--exit-on-error", "--no-owner", "--no-privileges", "--no-comments")
CHECK_OPTIONS = {"verify_captures": {"archive": True}}


class Command(BaseCommand):
    help = "Bring a backup back into an empty desk: database, archive and keys. Every check is run afterwards."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and which dump of it."""
        parser.add_argument("folder", type=Path, help="the folder of the backup")
        parser.add_argument("--dump", default="", help="the dump to take from it (default: the newest)")
        parser.add_argument("--no-archive", dest="archive", action="store_false", help="the archive is in place")

    def handle(self, *args: Any, folder: Path, dump: str, archive: bool, **options: Any) -> None:
        """Restore and check; end with the reason where that fails."""
        with told():
            found = backup.read(folder)
            self._require_whole(folder, found, dump)
            self._require_identity(found)
            with self._database():
                self._require_room(archive)
                self._restore(folder, found, dump or found.dump, archive=archive)
                self._verify()

    def _require_whole(self, folder: Path, found: backup.Backup, dump: str) -> None:
        problems = list(backup.faults(folder, found))
        if not found.dump:
            problems = ["The backup was cut off before it was whole."]
        if dump and dump not in found.files:
            dumps = ", ".join(path for path in found.files if path.endswith(".dump"))
            problems.append(f"There is no {dump} in this backup. It has {dumps}.")
        if problems:
            raise backup.NoBackup("\n".join(problems))

    def _require_identity(self, found: backup.Backup) -> None:
        other = [f"{name}={was}" for name, was in found.desk.items() if os.environ.get(name) != was]
        if other:
            raise backup.NoBackup("Set what the desk had when the backup was made:\n" + "\n".join(other))

    def _database(self) -> contextlib.AbstractContextManager[None]:
        if not settings.IS_EMBEDDED:
            return contextlib.nullcontext()
        return embedded.alone(settings.VAR, lambda name, line: self.stderr.write(f"{name}: {line}"))

    def _require_room(self, archive: bool) -> None:
        """Refuse a desk that holds anything: nothing is overwritten."""
        with owner.acting():
            tables = connection.introspection.table_names()
            connection.close()
        if tables:
            raise backup.NoBackup(
                "The database holds tables already. Restore into an empty one: another data folder (WORKBENCH_VAR), "
                "or another database (DATABASE_URL)."
            )
        if archive and settings.ARCHIVE_STORAGE:
            raise backup.NoBackup(
                f"The archive of this desk is in a bucket. Copy the folder {backup.ARCHIVE} there, and run this again "
                "with --no-archive."
            )
        if archive and settings.ARCHIVE_FOLDER.is_dir() and any(settings.ARCHIVE_FOLDER.iterdir()):
            raise backup.NoBackup(f"{settings.ARCHIVE_FOLDER} holds files. Move them away, or use --no-archive.")

    def _restore(self, folder: Path, found: backup.Backup, dump: str, *, archive: bool) -> None:
        """Keys last: a restore that fails leaves the keys of the new desk as they were."""
        database = {**connection.settings_dict, **owner.who(settings.DATABASE_OWNER_URL or settings.DATABASE_URL)}
        postgres_client.run("pg_restore", database, *OPTIONS, str(folder / dump))
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        if archive:
            number = backup.put_back(folder, found, settings.ARCHIVE_FOLDER)
            self.stdout.write(f"The database and {number} files of the archive are back.")
        for path, name in found.below(backup.KEYS):
            target = next((key for key in settings.KEY_FILES if key.name == name), settings.VAR / name)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            backup.copied(folder / path, target)
            self.stdout.write(f"{target} is back.")

    def _verify(self) -> None:
        """Run every check there is; raise ``CommandError`` with what they found."""
        problems = []
        for name in sorted(name for name in get_commands() if name.startswith("verify")):
            said = io.StringIO()
            try:
                call_command(name, stdout=said, stderr=said, skip_checks=True, **CHECK_OPTIONS.get(name, {}))
                self.stdout.write(f"{name}: no fault.")
            except (CommandError, SystemExit) as problem:
                problems.append(f"{name}: {said.getvalue()}{problem}")
        if problems:
            raise CommandError("Everything is back, and a check found faults:\n" + "\n".join(problems))
        self.stdout.write(f"The desk is back in {settings.VAR if settings.IS_EMBEDDED else 'the database'}.")
