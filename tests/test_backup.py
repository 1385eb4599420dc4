"""The backup that docs/operating.md describes: closed months are copied once, and what is restored holds."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.db import connection

from sources.archive import warc
from tests import databases, make
from tests.sealed import seal
from workbench.desk import owner
from workbench.runner import paths, postgres

OCTOBER, NOVEMBER = datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)
COPY = ["rsync", "--archive"] if shutil.which("rsync") else ["cp", "--archive"]


def capture(folder, text, month):
    """A capture that is in the archive, with its place in the hash chain."""
    records = warc.resource(f"urn:sha256:{make.sha256(text)}", text.encode(), "text/plain")
    name, offset, length = warc.append(folder, records, month)
    place = {"warc_file": name, "warc_offset": offset, "warc_length": length}
    kept = make.capture(warc_sha256=hashlib.sha256(records).hexdigest(), **place)
    seal()
    return kept


def program(name, *arguments, **environment):
    """Run a program of PostgreSQL, or manage.py."""
    command = [sys.executable, "manage.py"] if name == "manage.py" else [str(postgres.binaries() / name)]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=paths.ROOT,
        env={**os.environ, **environment},
    )


@pytest.fixture
def restored():
    """The name of an empty database, which is gone after the test."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    yield name
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


@pytest.mark.django_db(transaction=True)
def test_what_is_restored_from_a_closed_month_a_new_month_and_a_dump_holds(settings, tmp_path, restored):
    archive, backup = settings.ARCHIVE_FOLDER, tmp_path / "archive"
    (backup / "2026").mkdir(parents=True)
    old = capture(archive, "Closed on Monday.", OCTOBER)
    subprocess.run([*COPY, archive / "2026" / "10", backup / "2026"], check=True)
    october = {path: path.stat().st_mtime_ns for path in (archive / "2026" / "10").iterdir()}

    new = capture(archive, "Closed on Tuesday.", NOVEMBER)
    dump = str(tmp_path / "desk.dump")
    dumped = program("pg_dump", "--format=custom", f"--file={dump}", databases.of_this_test(paths.OWNER))
    subprocess.run([*COPY, archive / "2026" / "11", backup / "2026"], check=True)
    owners = databases.beside(restored, paths.OWNER)
    loaded = program("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={owners}", dump)
    environment = {
        "DATABASE_URL": databases.beside(restored),
        "DATABASE_OWNER_URL": owners,
        "WORKBENCH_VAR": str(tmp_path),
    }
    migrated = program("manage.py", "migrate", "--verbosity=0", **environment)
    checked = program("manage.py", "verify_captures", "--archive", **environment)

    assert (old.warc_file[:8], new.warc_file[:8]) == ("2026/10/", "2026/11/")
    assert october == {path: path.stat().st_mtime_ns for path in (archive / "2026" / "10").iterdir()}
    assert (dumped.stderr, loaded.stderr, migrated.stderr) == ("", "", "")
    assert checked.stdout == "2 captures hold, under 0 stamps.\n", checked.stderr
    (backup / new.warc_file).unlink()
    assert "the archive cannot be read" in program("manage.py", "verify_captures", "--archive", **environment).stderr
