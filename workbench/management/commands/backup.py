"""`manage.py backup DIR`: copy the database, the archive and the keys into a folder; a second time, what is new."""

from __future__ import annotations

import contextlib
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from workbench.desk import owner
from workbench.runner import accounts, backup, embedded, file_modes, postgres_client
from workbench.runner.supervisor import ProgramFailed

# What reports carry of the desk's identity: a restored desk must be called the same.
IDENTITY = ("WORKBENCH_DESK", "WORKBENCH_DESK_URL")
PROBLEMS = (
    backup.NoBackup,
    postgres_client.ClientFailed,
    ProgramFailed,
    accounts.CannotStart,
    OperationalError,
    OSError,
)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turn what may go wrong with a backup into a message of the command. What it writes is for its owner alone."""
    os.umask(file_modes.UMASK)
    try:
        yield
    except PROBLEMS as problem:
        raise CommandError(str(problem)) from problem


class Command(BaseCommand):
    help = "Copy the database, the archive and the keys into a folder. Run it again there: only what is new is copied."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, how many dumps stay, and whether to check instead."""
        parser.add_argument("folder", type=Path, help="where the backup goes: empty, new, or with an earlier backup")
        parser.add_argument("--keep", type=int, default=7, help="how many dumps of the database stay (default: 7)")
        parser.add_argument("--check", action="store_true", help="make none: compare the files with their SHA-256")

    def handle(self, *args: Any, folder: Path, keep: int, check: bool, **options: Any) -> None:
        """Make or check the backup; end with the reason where that fails."""
        with told():
            if check:
                return self._check(folder)
            if keep < 1:
                raise backup.NoBackup("At least one dump has to stay.")
            with self._database():
                made = self._take(folder.resolve(), keep)
        self.stdout.write(f"{folder / made.dump} and {len(made.files) - 1} other files are in the backup.")
        if settings.ARCHIVE_STORAGE:
            self.stdout.write("The archive is in a bucket: it is not in this backup. Have the bucket copied too.")
        self.stdout.write("Whoever reads this folder reads everything, and its keys. Keep it as safe as the desk.")
        return None

    def _check(self, folder: Path) -> None:
        found = backup.read(folder)
        problems = list(backup.faults(folder, found))
        if problems:
            raise backup.NoBackup("\n".join(problems))
        self.stdout.write(f"All {len(found.files)} files are as they were copied; the newest is of {found.made_at}.")

    def _database(self) -> contextlib.AbstractContextManager[None]:
        if not settings.IS_EMBEDDED:
            return contextlib.nullcontext()
        return embedded.serving(settings.VAR, lambda name, line: self.stderr.write(f"{name}: {line}"))

    def _take(self, folder: Path, keep: int) -> backup.Backup:
        database = {**connection.settings_dict, **owner.who(settings.DATABASE_OWNER_URL or settings.DATABASE_URL)}
        connection.ensure_connection()
        least = connection.cursor().connection.info.server_version // 10_000
        connection.close()

        def dump(target: Path) -> None:
            options = ["--format=custom", f"--file={target}"]
            postgres_client.run("pg_dump", database, *options, least=least)

        keys = [path for path in settings.KEY_FILES if path.is_file()]
        archive = None if settings.ARCHIVE_STORAGE else settings.ARCHIVE_FOLDER
        desk = {name: os.environ[name] for name in IDENTITY if os.environ.get(name)}
        return backup.take(folder, dump, archive, keys, desk, keep)
