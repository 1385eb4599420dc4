"""A drill: from a backup to green checks in an empty house, and what a lost key or a lost archive file costs.

It follows docs/operating.md (*Backing up*, *Restoring*), with the commands that are written there.
"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone

from claims.evidence import weighing
from claims.intake import recording
from claims.intake.recording import Proposition, Sighting
from claims.models.vocabulary import ClaimType, Rating, Stance
from claims.publishing import reporting
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.archive import warc
from tests import databases, make
from tests.sealed import seal
from workbench.desk import audit, owner
from workbench.desk.vocabulary import DeskVerb
from workbench.runner import paths

NOVEMBER = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = "the secret key of the old house: 0123456789 0123456789 0123456789"
DESK = {"WORKBENCH_DESK": "Desk of Arvel", "WORKBENCH_DESK_URL": "https://desk.arvel"}

# What somebody does in a restored house: run every check there is, read a report, open a session, pack the evidence.
LOOK = """
import hashlib, io, json
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command, get_commands
from django.test import Client
from claims.models import Claim, Evidence
from claims.publishing.exports.wacz import wacz
from workbench.desk.models import User
from workbench.desk.refusal import Refusal

def outcome(name, **options):
    try:
        call_command(name, stdout=io.StringIO(), **options)
    except (CommandError, SystemExit) as problem:
        return str(problem)
    return "green"

def package():
    try:
        return len(wacz.render(Claim.objects.get(), by=User.objects.get(role="editor")).read()) > 0
    except Refusal as refusal:
        return refusal.code

checks = {name: outcome(name) for name in get_commands() if name.startswith("verify") and name != "verify_captures"}
checks["verify_captures"] = outcome("verify_captures", archive=True)
checks["migrate"] = outcome("migrate", check_unapplied=True)
content = Client().get("/reports/1/json/", HTTP_HOST="127.0.0.1").content
print(json.dumps({
    "checks": checks,
    "report": hashlib.sha256(content).hexdigest(),
    "page": Client().get("/reports/1/", HTTP_HOST="127.0.0.1").status_code,
    "signed_in": SessionStore(SESSION).get("_auth_user_id"),
    "cited": Evidence.objects.confirmed().get().passage.exact,
    "package": package(),
}))
"""


def program(*arguments, **environment):
    """Run manage.py and return what it said."""
    command, environment = [sys.executable, "manage.py", *arguments], {**os.environ, **environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=paths.ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def empty():
    """The name of an empty database, which is gone after the test."""
    name = f"{connection.settings_dict['NAME']}_drill"
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    yield name
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def captured(folder):
    """A passage whose page is in the archive, in the hash chain."""
    records = warc.resource("urn:article", b"The road authority closed the bridge.", "text/plain")
    name, offset, length = warc.append(folder, records, NOVEMBER)
    place = {"warc_file": name, "warc_offset": offset, "warc_length": length}
    kept = make.capture(warc_sha256=hashlib.sha256(records).hexdigest(), taken_at=timezone.now(), **place)
    seal()
    return make.reading("The road authority closed the bridge.", capture_=kept).passages.get()


@transaction.atomic
def added(maker):
    """A person whom somebody added on the command line: the check of the log asks for the act."""
    person = maker()
    audit.record(None, DeskVerb.ADDED_PERSON, person)
    return person


def published(passage):
    """The report of a claim that went all the way through the workbench."""
    reporter, editor, *reviewers = map(added, (make.reporter, make.editor, make.reviewer, make.reviewer))
    proposition = Proposition(text="Terrorists closed the bridge.", language="en", type=ClaimType.EVENT)
    claim = recording.log_claim(proposition, Sighting(quote="Terrorists closed the bridge."), by=reporter)
    item = weighing.add_evidence(claim, passage, by=reporter, stance=Stance.REFUTES)
    reviewing.open_review(claim, by=reporter)
    for reviewer in reviewers:
        reviewing.submit_review(claim, Finding(Rating.REFUTED, "It was closed for repairs."), by=reviewer)
    finding = Finding(Rating.REFUTED, "The road authority closed it.")
    decision = reviewing.decide(claim, finding, by=editor, cited=[item])
    return reporting.agree(reporting.propose(decision, by=editor, language="en"), by=reviewers[0]).made


def signed_in(settings):
    """The key of the session of somebody who is signed in."""
    settings.SECRET_KEY = KEY
    session = SessionStore()
    session["_auth_user_id"] = "1"
    session.create()
    return session.session_key


def look(house, database, session):
    """Look around in a restored house."""
    script = LOOK.replace("SESSION", repr(session))
    said = program("shell", "-c", script, WORKBENCH_VAR=str(house), **database, **DESK)
    return json.loads(said.splitlines()[-1])


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_house_is_restored_and_what_was_not_in_the_backup_is_missed(settings, tmp_path, empty):
    backup, old, house = tmp_path / "backup", tmp_path / "old", tmp_path / "house"
    passage = captured(settings.ARCHIVE_FOLDER)
    report = published(passage)
    audit.bind_seals()
    session = signed_in(settings)
    old.mkdir()
    (old / "secret-key").write_text(KEY)
    here = {"WORKBENCH_VAR": str(old), "DATABASE_URL": databases.of_this_test(), **DESK}
    here |= {"DATABASE_OWNER_URL": databases.of_this_test(paths.OWNER), "ARCHIVE_STORAGE": str(settings.ARCHIVE_FOLDER)}
    database = {"DATABASE_URL": databases.beside(empty), "DATABASE_OWNER_URL": databases.beside(empty, paths.OWNER)}

    program("backup", str(backup), **here)
    program("restore", str(backup), WORKBENCH_VAR=str(house), **database, **DESK)
    whole = look(house, database, session)
    (house / "secret-key").unlink()
    (house / "archive" / passage.reading.capture.warc_file).unlink()
    poor = look(house, database, session)

    assert set(whole.pop("checks").values()) == {"green"}
    assert whole == {
        "report": report.sha256, "page": 200, "signed_in": "1", "cited": passage.exact, "package": True
    }  # fmt: skip
    lost = poor.pop("checks")
    assert "the archive cannot be read" in lost.pop("verify_captures")
    assert set(lost.values()) == {"green"}
    assert poor == {**whole, "signed_in": None, "package": "missing"}
