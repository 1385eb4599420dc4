"""Ways in which the owner of a database can tamper with what a desk has said; each is SQL, run with triggers off.

The ways with rows change each sealed column of each sealed model, remove a row and slip one in. The others are about
the log itself, and about several tables at once. ``REWRITTEN`` are those that also forge everything that depends on it:
no check of the database alone can notice them, only a checkpoint that is kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

from workbench.desk.log_chain import BINDS
from workbench.desk.models import LogEntry, LogHead, Seal
from workbench.desk.seal_form import hash_sql, text_sql, values_sql
from workbench.desk.seal_registry import sealed

NEXT = "(SELECT max(id) FROM {table})"
LOG, HEADS, SEALS = "workbench_logentry", "workbench_loghead", "workbench_seal"
UNBOUND = {"marks", "xact", "id"}  # of a seal: hints, and the key, whose change is the removal of one and a new one
CLAIM_CHAIN = "(SELECT chain FROM workbench_logentry WHERE verb = 'decided' LIMIT 1)"


@dataclass(frozen=True)
class Way:
    """One way to tamper: what it is called, and what does it."""

    name: str
    do: Callable[[], None]


def run(*statements: str, values: tuple[Any, ...] = ()) -> None:
    """Run statements."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values or None)


def one(question: str) -> Any:
    """Return the first value that answers a question."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None


def of_rows() -> Iterator[Way]:
    """Yield the ways with rows: every sealed column, a row removed, a row slipped in, two rows that change places."""
    for name, (model, rule) in sealed().items():
        table = model._meta.db_table
        newest = one(f"SELECT max(id) FROM {table}")
        if newest is None:
            continue
        for column in rule.columns:
            change = _changed(model, column)
            yield Way(f"{name}: {column} changed", _sql(table, f"UPDATE {table} SET {change} WHERE id = {newest}"))
        yield Way(f"{name}: removed", _sql(table, f"DELETE FROM {table} WHERE id = {newest}"))
        yield Way(f"{name}: slipped in", _sql(table, _copied(model, newest)))


def _sql(table: str, statement: str) -> Callable[[], None]:
    def do() -> None:
        _unbind(table)
        run(statement)

    return do


def _unbind(table: str) -> None:
    """Drop the rules of a table that would stand in the way: its owner can."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I CASCADE', conrelid::regclass, conname) "
            "FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'f') "
            "UNION SELECT format('DROP INDEX %%s', indexrelid::regclass) FROM pg_index "
            "WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary AND NOT EXISTS "
            "(SELECT FROM pg_constraint WHERE conindid = indexrelid)",
            [table, table],
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def _changed(model: type[models.Model], column: str) -> str:
    """Return the SQL that gives a column another value."""
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    kind = field.get_internal_type()
    value = {
        "BooleanField": f'NOT "{column}"',
        "DateTimeField": f"coalesce(\"{column}\" - interval '40 days', now())",
        "DateField": f'coalesce("{column}" - 40, current_date)',
        "DurationField": f"coalesce(\"{column}\" + interval '1 hour', interval '1 hour')",
        "JSONField": "'{\"forged\": true}'::jsonb",
        "UUIDField": "gen_random_uuid()",
        "BinaryField": "'\\x00'::bytea",
        "GenericIPAddressField": "'192.0.2.1'",
        "FloatField": f'coalesce("{column}" / 2 + 0.01, 0.5)',
        "CharField": f"""CASE WHEN coalesce("{column}", '') = 'x' THEN 'y' ELSE 'x' END""",
    }.get(kind)
    if value is None:
        is_text = kind in {"TextField", "URLField", "EmailField", "SlugField"}
        value = f"""coalesce("{column}", '') || 'x'""" if is_text else f'coalesce("{column}", 0) + 1'
    return f'"{column}" = {value}'


def _copied(model: type[models.Model], key: int) -> str:
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{column}"' for column in columns if column != "id")
    table = model._meta.db_table
    return f"INSERT INTO {table} (id, {names}) SELECT id + 1000, {names} FROM {table} WHERE id = {key}"


def of_log() -> Iterator[Way]:
    """Yield the ways with the log itself: entries, ends of chains, and seals."""
    for model, table, left_out in (
        (LogEntry, LOG, {"id", "word_index"}),
        (Seal, SEALS, UNBOUND),
        (LogHead, HEADS, set()),
    ):
        key = model._meta.pk.column
        chosen = f"(SELECT {key} FROM {table} WHERE {_of_verdict(table)} LIMIT 1)"
        for field in model._meta.concrete_fields:
            if field.column not in left_out:
                change = _changed(model, field.column)
                yield Way(
                    f"{table}: {field.column} changed",
                    _sql(table, f"UPDATE {table} SET {change} WHERE {key} = {chosen}"),
                )
    decided = f"(SELECT id FROM {LOG} WHERE verb = 'decided' LIMIT 1)"
    bound = f"(SELECT max(id) FROM {LOG} WHERE verb = '{BINDS}')"
    yield Way("log: a verdict’s entry removed", _sql(LOG, f"DELETE FROM {LOG} WHERE id = {decided}"))
    yield Way(
        "log: the newest entry of all removed", _sql(LOG, f"DELETE FROM {LOG} WHERE id = (SELECT max(id) FROM {LOG})")
    )
    yield Way("log: all entries of a claim removed", _sql(LOG, f"DELETE FROM {LOG} WHERE chain = {CLAIM_CHAIN}"))
    yield Way("log: all entries of the machine removed", _sql(LOG, f"DELETE FROM {LOG} WHERE chain = 'seals'"))
    yield Way("log: an entry of the machine removed", _sql(LOG, f"DELETE FROM {LOG} WHERE id = {bound}"))
    yield Way("log: an end removed", _sql(HEADS, f"DELETE FROM {HEADS} WHERE chain = {CLAIM_CHAIN}"))
    yield Way("log: all ends removed", _sql(HEADS, f"DELETE FROM {HEADS}"))
    yield Way("log: tail cut with its head set back", lambda: cut_tail(seals=False))
    yield Way("log: an entry with another hash form", lambda: _downgrade(decided))
    yield Way("log: a claim removed with its chain", lambda: remove_claim(seals=False))
    yield Way("seals: one removed", _sql(SEALS, f"DELETE FROM {SEALS} WHERE id = (SELECT min(id) FROM {SEALS})"))
    yield Way(
        "seals: the newest one of the verdict removed", _sql(SEALS, f"DELETE FROM {SEALS} WHERE model = 'decision'")
    )
    yield Way("seals: all removed", _sql(SEALS, f"DELETE FROM {SEALS}"))
    yield Way("seals: all of people removed", _sql(SEALS, f"DELETE FROM {SEALS} WHERE model = 'user'"))
    yield Way(
        "seals: one freed from its entry", _sql(SEALS, f"UPDATE {SEALS} SET entry_id = NULL WHERE model = 'decision'")
    )
    yield Way(
        "seals: one moved to another entry",
        _sql(SEALS, f"UPDATE {SEALS} SET entry_id = {bound} WHERE model = 'review'"),
    )
    yield Way("seals: a forged one without an entry", lambda: _reseal("decision", bind=False))
    yield Way("seals: a removal forged for a removed row", _forged_removal)


def _of_verdict(table: str) -> str:
    return {LOG: "verb = 'decided'", SEALS: "model = 'decision'", HEADS: f"chain = {CLAIM_CHAIN}"}[table]


def of_stories() -> Iterator[Way]:
    """Yield what somebody would do who wants another story, with all rows that belong to it."""
    verdict, review = "claims_decision", "claims_review"
    stories = {
        "verdict turned": [f"UPDATE {verdict} SET rating = 'supported', summary = 'It was so.'"],
        "verdict and reviews turned": [
            f"UPDATE {verdict} SET rating = 'supported'",
            f"UPDATE {review} SET rating = 'supported'",
        ],
        "verdict given to another editor": [f"UPDATE {verdict} SET decided_by_id = decided_by_id + 1"],
        "verdict dated back": [f"UPDATE {verdict} SET decided_at = decided_at - interval '30 days'"],
        "citation exchanged": ["UPDATE claims_citation SET evidence_id = evidence_id + 1"],
        "citations and verdict removed": ["DELETE FROM claims_citation", f"DELETE FROM {verdict}"],
        "all reviews removed": [f"DELETE FROM {review}"],
        "reviewers exchanged": [f"UPDATE {review} SET reviewer_id = (SELECT max(id) FROM workbench_user) - id"],
        "report rewritten with its own hash": [
            "UPDATE claims_report SET content = replace(content, 'unsupported', 'supported')",
            "UPDATE claims_report SET sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')",
        ],
        "a correction removed": ["DELETE FROM claims_correction"],
        "a correction reworded": ["UPDATE claims_correction SET text = 'Nothing.'"],
        "the claim reworded": ["UPDATE claims_claim SET text = 'Another claim.'"],
        "the claim reopened": ["UPDATE claims_claim SET status = 'open'"],
        "stances turned": ["UPDATE claims_evidence SET stance = 'supports' WHERE standing = 'confirmed'"],
        "evidence rejected": ["UPDATE claims_evidence SET standing = 'rejected'"],
        "a suggestion confirmed": [
            "UPDATE claims_evidence SET standing = 'confirmed', stance = 'supports' WHERE standing = 'suggested'"
        ],
        "suggestions removed": ["DELETE FROM claims_evidence WHERE standing = 'suggested'"],
        "a passage reworded": [
            "UPDATE sources_passage SET exact = 'It was blown up.' WHERE id = (SELECT max(id) FROM sources_passage)"
        ],
        "a text and its passages removed": [
            "DELETE FROM sources_passage WHERE reading_id = 1",
            "DELETE FROM sources_reading WHERE id = 1",
        ],
        "a text emptied without its removal": [
            "UPDATE sources_reading SET text = '' WHERE id = 1",
            "DELETE FROM sources_passage WHERE reading_id = 1",
        ],
        "a search that found nothing found something": ["UPDATE sources_search SET found = found + 3"],
        "a search removed": [
            "DELETE FROM sources_searchhit WHERE search_id = 1",
            "DELETE FROM sources_search WHERE id = 1",
        ],
        "searches taken from the claim": ["DELETE FROM claims_claim_searches"],
        "hits removed": ["DELETE FROM sources_searchhit"],
        "a fetch that failed never was": ["DELETE FROM sources_fetchattempt WHERE outcome <> 'ok'"],
        "a source more reliable": ["UPDATE sources_standing SET reliability = 'A'"],
        "a source renamed": ["UPDATE sources_source SET name = 'The Better Courier', folded = 'the better courier'"],
        "articles given to another source": ["UPDATE sources_document SET source_id = 1"],
        "an editor made of a viewer": ["UPDATE workbench_user SET role = 'editor' WHERE role = 'viewer'"],
        "a superuser made": ["UPDATE workbench_user SET is_superuser = true WHERE username = 'reporter'"],
        "a person added": [
            (
                "INSERT INTO workbench_user (password, is_superuser, username, first_name, last_name, email, is_staff, "
                "is_active, date_joined, role) VALUES ('x', true, 'eve', '', '', '', true, true, now(), 'editor')"
            )
        ],
        "an account closed": ["UPDATE workbench_user SET is_active = false WHERE username = 'reviewer'"],
        "a password replaced": ["UPDATE workbench_user SET password = 'pbkdf2_sha256$1$a$b' WHERE username = 'editor'"],
        "an answer reworded": ["UPDATE claims_answer SET text = 'Nobody.'"],
        "the question to the authority removed": ["DELETE FROM claims_commentrequest"],
        "the answer of the authority reworded": ["UPDATE claims_commentrequest SET answer = 'No comment.'"],
        "a site rule lifted": ["DELETE FROM sources_hostpolicy"],
        "a page ruling undone": ["UPDATE sources_pageruling SET undone_at = now(), undone_by_id = decided_by_id"],
        "a date moved": ["UPDATE sources_datesetting SET published_at = published_at - interval '1 year'"],
        "a retention rule shortened": ["UPDATE sources_retentionrule SET months = 1"],
        "an edit of an article hidden": [
            "DELETE FROM sources_edit",
            "DELETE FROM sources_touch",
            "DELETE FROM sources_change",
        ],
        "the chain of who said it cut": ["DELETE FROM claims_attribution"],
        "a rating renamed": ["UPDATE claims_ratinglabel SET label = 'True'"],
        "a copy-edit agreed by its author": ["UPDATE claims_copyedit SET second_id = proposed_by_id"],
    }
    for name, statements in stories.items():
        yield Way(f"story: {name}", _all(statements))


def _all(statements: list[str]) -> Callable[[], None]:
    def do() -> None:
        for statement in statements:
            _unbind(statement.split()[1 if statement.startswith("UPDATE") else 2])
        run(*statements)

    return do


def rewritten() -> Iterator[Way]:
    """Yield the ways that also forge the seals and the chain up to its end: only a checkpoint elsewhere shows them."""
    for name, (model, rule) in sealed().items():
        if not rule.group and model._meta.model_name in FORGED:
            yield Way(f"rewritten: {name} with its seal and the chain", _rewriting(name, model, FORGED[name]))
    yield Way("rewritten: a tail cut with its rows, its seals and its head", lambda: cut_tail(seals=True))
    yield Way("rewritten: a claim removed with its chain, its rows and its seals", lambda: remove_claim(seals=True))


FORGED = {
    "decision": "rating = 'supported'",
    "report": "content = replace(content, 'unsupported', 'supported'), "
    "sha256 = encode(sha256(convert_to(replace(content, 'unsupported', 'supported'), 'UTF8')), 'hex')",
    "evidence": "stance = 'supports'",
    "user": "role = 'editor'",
    "standing": "reliability = 'A'",
    "correction": "text = 'Nothing.'",
    "claim": "text = 'Another claim.'",
}


def _rewriting(name: str, model: type[models.Model], change: str) -> Callable[[], None]:
    def do() -> None:
        table = model._meta.db_table
        _unbind(table)
        newest = f"{SEALS} s WHERE model = '{name}' ORDER BY id DESC LIMIT 1"
        chain = one(f"SELECT chain FROM {LOG} WHERE id = (SELECT entry_id FROM {newest})")
        run(f"UPDATE {table} SET {change} WHERE id = (SELECT key FROM {newest})")
        _reseal(name, bind=True)
        if name == "report":
            report_sha = one("SELECT sha256 FROM claims_report ORDER BY id DESC LIMIT 1")
            _forge_fact(chain, "froze", report_sha)
        rechain(chain)

    return do


def _forge_fact(chain: str, verb: str, sha256: str) -> None:
    for entry in LogEntry.objects.filter(chain=chain, verb__startswith=verb):
        facts = json.loads(entry.facts)
        if "sha256" in facts:
            facts["sha256"] = sha256
        run(
            f"UPDATE {LOG} SET facts = %s WHERE id = {entry.pk}",
            values=(json.dumps(facts, ensure_ascii=False, sort_keys=True),),
        )


def _reseal(name: str, *, bind: bool) -> None:
    """Make the newest seal of a model that of its row as it is now; without ``bind``, as one that no entry carries."""
    model, rule = sealed()[name]
    sha256 = hash_sql(text_sql(name, rule.number, rule.columns, values_sql(model, rule.columns, "r")))
    newest = f"(SELECT max(id) FROM {SEALS} WHERE model = '{name}')"
    row = f"(SELECT {sha256} FROM {model._meta.db_table} r WHERE r.id = s.key)"
    if bind:
        run(f"UPDATE {SEALS} s SET sha256 = {row} WHERE id = {newest}")
        return
    run(f"UPDATE {model._meta.db_table} SET {FORGED[name]}")
    run(
        f"INSERT INTO {SEALS} (model, key, form, sha256, marks, at, xact) "
        f"SELECT model, key, form, {row}, marks, now(), 0 FROM {SEALS} s WHERE id = {newest}"
    )


def _forged_removal() -> None:
    run("DELETE FROM claims_correction")
    run(
        f"INSERT INTO {SEALS} (model, key, form, sha256, marks, at, xact) "
        f"SELECT model, key, form, '', '', now(), 0 FROM {SEALS} WHERE model = 'correction'"
    )


def _downgrade(entry: str) -> None:
    """Say that an entry has the old form of hash, with a hash of that form: as if it had sealed nothing."""
    run(f"UPDATE {LOG} SET form = 1, sealed_rows = 0, seals_sha256 = '' WHERE id = {entry}")
    run(f"UPDATE {SEALS} SET entry_id = NULL WHERE entry_id = {entry}")


def cut_tail(*, seals: bool) -> None:
    """Remove the newest entry of the claim’s chain and set its end back; with ``seals``, what it sealed too."""
    chain = one(f"SELECT chain FROM {LOG} WHERE verb = 'decided' LIMIT 1")
    newest = LogEntry.objects.filter(chain=chain).order_by("-seq")[0]
    if seals:
        for name, key in Seal.objects.filter(entry=newest).values_list("model", "key"):
            table = sealed()[name][0]._meta.db_table
            _unbind(table)
            if Seal.objects.filter(model=name, key=key).count() == 1:
                run(f"DELETE FROM {table} WHERE id = {key}")
        run(f"DELETE FROM {SEALS} WHERE entry_id = {newest.pk}")
    run(f"DELETE FROM {LOG} WHERE id = {newest.pk}")
    run(f"UPDATE {HEADS} SET seq = {newest.seq - 1}, hash = '{newest.previous}' WHERE chain = '{chain}'")


def remove_claim(*, seals: bool) -> None:
    """Remove the second claim with its chain; with ``seals``, everything that was ever sealed of it too."""
    claim = one("SELECT max(id) FROM claims_claim")
    chain = f"claim {claim}"
    tables = ("claims_wording", "claims_appearance", "claims_claimlink", "claims_evidence", "claims_claim_searches")
    for table in tables:
        run(f"DELETE FROM {table} WHERE claim_id = {claim}")
    run(f"DELETE FROM claims_claimlink WHERE other_id = {claim}", f"DELETE FROM claims_claim WHERE id = {claim}")
    if seals:
        touched = set(Seal.objects.filter(entry__chain=chain).values_list("entry__chain", flat=True))
        for name, (model, rule) in sealed().items():
            missing = f'NOT EXISTS (SELECT FROM {model._meta.db_table} r WHERE r."{rule.group or "id"}" = s.key)'
            gone = f"FROM {SEALS} s WHERE s.model = '{name}' AND {missing}"
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT DISTINCT e.chain FROM {LOG} e WHERE e.id IN (SELECT entry_id {gone})")
                touched |= {row[0] for row in cursor.fetchall()}
            run(f"DELETE {gone}")
    run(f"DELETE FROM {LOG} WHERE chain = '{chain}'", f"DELETE FROM {HEADS} WHERE chain = '{chain}'")
    if seals:
        for name in touched - {chain}:
            rechain(name)


def rechain(chain: str) -> None:
    """Recompute what the entries of a chain carry and all their hashes, and set its end."""
    previous, entry = hashlib.sha256(f"claim-workbench-log-v1 {chain}".encode()).hexdigest(), None
    for entry in LogEntry.objects.filter(chain=chain).order_by("seq"):
        lines = [
            f"{seal.pk} {seal.model} {seal.key} {seal.form} {bytes(seal.sha256).hex()} {utc(seal.at)}"
            for seal in Seal.objects.filter(entry=entry).order_by("pk")
        ]
        carried = hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""
        who = None if entry.actor_id is None else str(entry.actor_id)
        texts = [
            "claim-workbench-log-v2",
            chain,
            str(entry.seq),
            previous,
            utc(entry.recorded_at),
            who,
            entry.actor_name,
        ]
        texts += [entry.verb, entry.subject, entry.facts, str(len(lines)), carried]
        made = hashlib.sha256(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        run(
            f"UPDATE {LOG} SET previous = '{previous}', hash = '{made}', sealed_rows = {len(lines)}, "
            f"seals_sha256 = '{carried}' WHERE id = {entry.pk}"
        )
        previous = made
    if entry is not None:
        run(f"UPDATE {HEADS} SET hash = '{previous}', seq = {entry.seq} WHERE chain = '{chain}'")


def utc(at: datetime) -> str:
    """Return a time as it is hashed."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
