"""Forging the log: change a row, then its seal, the entry that carries it, and every hash up to the end of its chain.

No check of the database alone can notice that; only the end of a chain that is kept elsewhere can.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, models

from claims.publishing.printing import canonical
from workbench.desk import audit
from workbench.desk.log_chain import BINDS
from workbench.desk.models import LogEntry, Seal
from workbench.desk.seal_form import hash_sql, text_sql, values_sql
from workbench.desk.seal_registry import sealed

LOG, HEADS, SEALS = "workbench_logentry", "workbench_loghead", "workbench_seal"


@dataclass(frozen=True)
class Way:
    """One way to tamper: what it is called, what does it, and whose seals show it first, if those of one model do.

    ``prepare`` is what only an administrator of the server can do first. The rest is done by one too, or ``as_app``:
    with the rights of the programs. What the database refuses in a way that ``may_be_refused`` counts as noticed.
    """

    name: str
    do: Callable[[], None]
    model: str = ""
    prepare: Callable[[], None] = lambda: run("SET LOCAL session_replication_role = replica")
    as_app: bool = False
    may_be_refused: bool = False


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


def unbind(table: str) -> None:
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


def rewritten() -> Iterator[Way]:
    """Yield the ways that also forge the seals and the chain up to its end: only a checkpoint elsewhere shows them."""
    for name, (model, rule) in sealed().items():
        if not rule.group and model._meta.model_name in FORGED:
            yield Way(f"rewritten: {name} with its seal and the chain", _rewriting(name, model, FORGED[name]))
    yield Way("rewritten: a tail cut with its rows, its seals and its head", lambda: cut_tail(seals=True))
    yield Way("rewritten: a claim removed with its chain, its rows and its seals", lambda: remove_claim(seals=True))


def rewritten_with_tree() -> Iterator[Way]:
    """Yield the same ways, each without the tree and the checkpoints that the desk itself keeps."""
    for way in rewritten():
        yield replace(way, name=f"{way.name}, and no tree", do=partial(_without_tree, way.do))


def _without_tree(do: Callable[[], None]) -> None:
    do()
    run(*(f"DELETE FROM workbench_{name}" for name in ("witness", "checkpoint", "logleaf", "lognode")))


FORGED = {
    "decision": "rating = 'supported'",
    "report": "content = replace(content, 'unsupported', 'supported'), "
    "sha256 = encode(sha256(convert_to(replace(content, 'unsupported', 'supported'), 'UTF8')), 'hex')",
    "evidence": "stance = 'supports'",
    "user": "role = 'admin'",
    "standing": "reliability = 'A'",
    "correction": "text = 'Nothing.'",
    "claim": "text = 'Another claim.'",
}


def _rewriting(name: str, model: type[models.Model], change: str) -> Callable[[], None]:
    def do() -> None:
        table = model._meta.db_table
        unbind(table)
        newest = f"{SEALS} s WHERE model = '{name}' ORDER BY id DESC LIMIT 1"
        chain = one(f"SELECT chain FROM {LOG} WHERE id = (SELECT entry_id FROM {newest})")
        run(f"UPDATE {table} SET {change} WHERE id = (SELECT key FROM {newest})")
        reseal(name, bind=True)
        rechain(chain)

    return do


def _refit(entry: LogEntry, previous: str) -> None:
    """Have the report of an entry print another end of the log, with its hash in the report, its seal and the entry."""
    key = int(entry.subject.split()[1])
    content = json.loads(one(f"SELECT content FROM claims_report WHERE id = {key}"))
    content["log"]["head"] = previous
    text = canonical(content)
    made = hashlib.sha256(text.encode()).hexdigest()
    run(
        f"UPDATE claims_report SET content = %s, sha256 = %s, log_head = %s WHERE id = {key}",
        values=(text, made, previous),
    )
    facts = json.dumps({**json.loads(entry.facts), "sha256": made}, ensure_ascii=False, sort_keys=True)
    run(f"UPDATE {LOG} SET facts = %s WHERE id = {entry.pk}", values=(facts,))
    entry.facts = facts
    model, rule = sealed()["report"]
    sha256 = hash_sql(text_sql("report", rule.number, rule.columns, values_sql(model, rule.columns, "r")))
    row = f"(SELECT {sha256} FROM claims_report r WHERE r.id = s.key)"
    run(f"UPDATE {SEALS} s SET sha256 = {row} WHERE model = 'report' AND key = {key}")


def reseal(name: str, *, bind: bool) -> None:
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


def forged_removal() -> None:
    """Remove the corrections, and add seals that say so."""
    run("DELETE FROM claims_correction")
    run(
        f"INSERT INTO {SEALS} (model, key, form, sha256, marks, at, xact) "
        f"SELECT model, key, form, '', '', now(), 0 FROM {SEALS} WHERE model = 'correction'"
    )


def downgrade(entry: str) -> None:
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
            unbind(table)
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
        kept = f"(SELECT max(id) FROM {LOG} WHERE verb = '{BINDS}')"  # rows that stay get another entry
        run(f"UPDATE {SEALS} SET entry_id = {kept} WHERE entry_id IN (SELECT id FROM {LOG} WHERE chain = '{chain}')")
        touched.add("seals")
    run(f"DELETE FROM {LOG} WHERE chain = '{chain}'", f"DELETE FROM {HEADS} WHERE chain = '{chain}'")
    if seals:
        for name in touched - {chain}:
            rechain(name)


def rechain(chain: str) -> None:
    """Recompute what the entries of a chain carry and all their hashes, and set its end."""
    previous, entry = hashlib.sha256(f"claim-workbench-log-v1 {chain}".encode()).hexdigest(), None
    for entry in LogEntry.objects.filter(chain=chain).order_by("seq"):
        if entry.verb == "froze a report" and entry.previous != previous:
            _refit(entry, previous)
        lines = [
            f"{seal.pk} {seal.model} {seal.key} {seal.form} {bytes(seal.sha256).hex()} {utc(seal.at)}"
            for seal in Seal.objects.filter(entry=entry).order_by("pk")
        ]
        carried = hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""
        entry.previous, entry.sealed_rows, entry.seals_sha256 = previous, len(lines), carried
        made = hashlib.sha256(audit.hashed_text(entry).encode()).hexdigest()
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
