"""The lawful changes of ``benchmarks.lawful``: what people, workers, a restore and an upgrade do to a desk."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from benchmarks.log_desk import unbound, work
from benchmarks.log_forging import HEADS, LOG, SEALS, run, utc
from claims.models import Decision, Review
from claims.models.vocabulary import ClaimRule, CorrectionKind
from claims.publishing import correcting, reporting
from sources.capturing import ruling
from sources.models import DateSetting, PageRuling, Reading, Source
from sources.reading import dating, expiring
from sources.registry import registering
from tests import make
from workbench.desk import audit, granting, log_chain, people, policy_setting
from workbench.desk.models import LogEntry, User
from workbench.desk.roles import Role
from workbench.desk.seal_registry import sealed
from workbench.desk.sign_in import RoleBackend
from workbench.runner import paths, postgres


def bind() -> None:
    """Bind what workers wrote since, as they do within a minute."""
    audit.bind_seals()


def go_on() -> None:
    """Work on: rename people, change roles, have workers do what is due."""
    rename()
    promote()
    work()
    audit.bind_seals()


def changes() -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield each change by its name."""
    yield from zip(NAMES, (second, undo, rename, promote, rehash, rename_source, expire, restore, upgrade), strict=True)


SEALED_BY = {"workbench": "0015_seal_people", "sources": "0018_seals", "claims": "0015_seals"}
NAMES = [
    "second people who agree to and decline each kind of proposal",
    "a ruling and a date undone",
    "people renamed, with reviews and verdicts of theirs",
    "roles changed, an account closed",
    "a password hashed again at sign-in",
    "a source renamed, and back",
    "texts removed by retention",
    "a restore from a dump",
    "an upgrade of a desk from before seals",
]


def second() -> None:
    """Have second people decline, and then agree to, each kind of proposal."""
    decision, admin = Decision.objects.order_by("pk")[0], User.objects.filter(role=Role.ADMIN)[0]
    author, viewer = decision.decided_by, User.objects.filter(role=Role.VIEWER)[0]
    other = User.objects.filter(role=Role.EDITOR).exclude(pk=author.pk)[0]
    reporting.decline(reporting.propose(decision, by=author, language="fr"), by=other)
    report = reporting.agree(reporting.propose(decision, by=author, language="fr"), by=other).made
    for kind in (CorrectionKind.CORRECTION, CorrectionKind.RETRACTION):
        correcting.decline(correcting.propose(report, by=author, kind=kind, text="It is Arvel."), by=other)
        correcting.decline(correcting.propose(report, by=author, kind=kind, text="It is Arvel."), by=author)
        correcting.agree(correcting.propose(report, by=author, kind=kind, text="It is Arvel."), by=other)
    loose = {"by_reason": [ClaimRule.PUBLISHER.value], "reason": "We are few."}
    policy_setting.decline(policy_setting.propose(by=author, **loose), by=other)
    policy_setting.agree(policy_setting.propose(by=author, **loose), by=other)
    granting.decline(granting.grant(viewer, Role.REPORTER, by=admin), by=other)
    granting.agree(granting.grant(viewer, Role.REPORTER, by=admin), by=other)


def undo() -> None:
    """Undo what a reviewer said that a page is, and the date that was set for it."""
    ruling_row, reviewer = PageRuling.objects.order_by("pk")[0], User.objects.filter(role=Role.REVIEWER)[0]
    ruling.undo(ruling_row, by=reviewer)
    dating.undo_date(DateSetting.objects.order_by("pk")[0].document, by=reviewer)


def rename() -> None:
    """Rename everybody who has reviewed or decided."""
    admin = User.objects.filter(role=Role.ADMIN)[0]
    for person in User.objects.exclude(pk=admin.pk):
        person.username += ".renamed"
        person.last_name = "Married"
        people.change_person(person, by=admin, changed=["username", "last_name"])


def promote() -> None:
    """Give a reviewer another role, and close an account."""
    admin = User.objects.filter(role=Role.ADMIN)[0]
    for name, changed in (("reviewer.renamed", {"role": Role.EDITOR}), ("viewer.renamed", {"is_active": False})):
        person = User.objects.get(username=name)
        for column, value in changed.items():
            setattr(person, column, value)
        people.change_person(person, by=admin, changed=list(changed))


def rehash() -> None:
    """Hash a password again, as Django does at sign-in when its hasher has more rounds."""
    person = User.objects.get(username="editor.renamed")
    people.change_own_password(person, "four words of a bridge")
    stronger = ["django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher", *settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=stronger):
        RoleBackend().authenticate(None, person.username, "four words of a bridge")
    User.objects.filter(pk=person.pk).update(last_login=timezone.now())
    audit.bind_seals()


def rename_source() -> None:
    """Rename a source, and give it back its name."""
    source, editor = Source.objects.order_by("-pk")[0], User.objects.filter(role=Role.EDITOR)[0]
    before = source.name
    for name in ("Another Courier", before):
        source.name = name
        registering.change_source(source, by=editor, changed=["name"])


def expire() -> None:
    """Have texts removed on which nothing rests, as retention does once they are old."""
    admin = User.objects.filter(role=Role.ADMIN)[0]
    make.reading("Nothing rests on this sentence.", capture_=make.capture(taken_at=timezone.now()))
    later = timezone.now() + 2 * expiring.MONTH
    rule = expiring.set_rule(1, by=admin, once=True)
    with mock.patch.object(timezone, "now", return_value=later), transaction.atomic():
        expiring.remove(rule)
    if not Reading.objects.filter(removals__isnull=False).exists():
        raise LookupError("Retention removed no text.")
    audit.bind_seals()


def restore() -> None:
    """Dump the database, and go on with a copy that the dump is restored into."""
    _through_dump("restored")


def _through_dump(name: str) -> None:
    var = settings.VAR
    folder, here = paths.socket_folder(var), connection.settings_dict["NAME"]
    environment = os.environ | {"PGHOST": str(folder), "PGUSER": postgres.ADMINISTRATOR}
    connection.close()
    dump = var / f"{name}.dump"
    for command in (
        [postgres.binaries() / "pg_dump", "--format=custom", f"--file={dump}", here],
        [postgres.binaries() / "createdb", name],
        [postgres.binaries() / "pg_restore", "--exit-on-error", f"--dbname={name}", str(dump)],
    ):
        subprocess.run(command, env=environment, check=True)
    connection.settings_dict["NAME"] = name


def upgrade() -> None:
    """Make the desk one from before seals, then migrate it as an upgrade does."""
    with transaction.atomic(), unbound():
        run("SET LOCAL session_replication_role = replica")
        run(
            f"DELETE FROM {LOG} WHERE chain = 'seals'",
            f"DELETE FROM {HEADS} WHERE chain = 'seals'",
            f"DELETE FROM {SEALS}",
            *(f"DELETE FROM workbench_{name}" for name in ("witness", "checkpoint", "logleaf", "lognode")),
        )
        _as_before()
    with unbound():
        for statement in _without_seals():
            run(statement)
        later = _undone()
    connection.close()
    name = connection.settings_dict["NAME"]
    addresses = {
        setting: paths.database_url(settings.VAR, user).replace("/workbench?", f"/{name}?")
        for setting, user in (("DATABASE_URL", paths.APP), ("DATABASE_OWNER_URL", paths.OWNER))
    }
    for app, until in SEALED_BY.items():
        command = [sys.executable, "manage.py", "migrate", app, until, "--verbosity=0"]
        subprocess.run(command, env=os.environ | addresses, cwd=paths.ROOT, check=True)
    with unbound(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", later)
        cursor.execute(log_chain.CHAIN_ENTRY)  # as a later migration does
    work()


def _undone() -> list[tuple[str, str]]:
    """Have the migrations that make seals be done again, and return those that come after them."""
    later: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for app, until in SEALED_BY.items():
            cursor.execute(
                "DELETE FROM django_migrations WHERE app = %s AND (name > %s OR name LIKE '%%seal%%') "
                "RETURNING app, name",
                [app, until],
            )
            later += [(app, name) for app, name in cursor.fetchall() if name > until]
    return later


def _as_before() -> None:
    """Give the entries the hashes, and those of reviews the fingerprints, that they had in the old form."""
    run(f"UPDATE {LOG} SET form = 1, sealed_rows = 0, seals_sha256 = ''")
    reviews = Review.objects.in_bulk()
    for entry in LogEntry.objects.filter(verb="reviewed"):
        facts = json.loads(entry.facts)
        facts["sha256"] = reviews[facts["review"]].earlier_fingerprint(entry.actor_name)
        written = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        run(f"UPDATE {LOG} SET facts = %s WHERE id = {entry.pk}", values=(written,))
    for chain in audit.chains():
        _rechain(chain)


def _rechain(chain: str) -> None:
    """Recompute the hashes of a chain in the old form; a report keeps the end at which it was published."""
    previous, entry = hashlib.sha256(f"claim-workbench-log-v1 {chain}".encode()).hexdigest(), None
    for entry in LogEntry.objects.filter(chain=chain).order_by("seq"):
        columns = [chain, entry.seq, previous, utc(entry.recorded_at), entry.actor_id or "-", entry.actor_name]
        columns += [entry.verb, entry.subject, entry.facts]
        made = hashlib.sha256("\n".join(map(str, columns)).encode()).hexdigest()
        run(f"UPDATE claims_report SET log_head = '{previous}' WHERE log_head = '{entry.previous}'")
        run(f"UPDATE {LOG} SET previous = '{previous}', hash = '{made}' WHERE id = {entry.pk}")
        previous = made
    if entry is not None:
        run(f"UPDATE {HEADS} SET hash = '{previous}', seq = {entry.seq} WHERE chain = '{chain}'")


def _without_seals() -> list[str]:
    """Return what takes the seals out of the database: its tables, columns, functions and migrations."""
    drops = [f"DROP FUNCTION public.seal_{model._meta.db_table}() CASCADE" for model, _rule in sealed().values()]
    columns = ", ".join(f"DROP COLUMN {name}" for name in ("form", "sealed_rows", "seals_sha256"))
    return [
        *drops,
        "DROP FUNCTION public.log_chain_entry() CASCADE",
        f"DROP TABLE {SEALS}",
        f"ALTER TABLE {LOG} {columns}",
    ]
