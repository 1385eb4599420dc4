"""The audit log: who did what and when, in a hash chain; add entries, and verify the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from workbench.desk import actor
from workbench.desk.log_chain import AT_ONCE
from workbench.desk.models import LogEntry, LogHead, Seal, User
from workbench.desk.seal_triggers import CHAIN
from workbench.desk.vocabulary import DeskVerb, Verb

GENESIS = "claim-workbench-log-v1 "
HASH = "claim-workbench-log-v"  # and the form: the first text of what the hash of an entry covers, since it has seals
ENTRIES_AT_ONCE = 5_000  # of a chain, read with one query
FORM = 3  # of the hash of new entries
MACHINE = "machine"


@dataclass(frozen=True)
class Fault:
    """An error in a hash chain: where it is, and what is wrong.

    ``row`` is the label of the model and the key of the row that it names, if it names one.
    """

    chain: str
    seq: int
    problem: str
    row: str = ""


@dataclass(frozen=True)
class Batch:
    """A part of a check of the log: where it stands now, how many rows it looked at, and what differs."""

    place: str
    rows: int
    faults: list[Fault]


def record(by: User | None, verb: Verb, subject: models.Model, *, chain: str = "", **facts: Any) -> LogEntry:
    """Add an entry to a chain: that of the subject unless another is named. ``by`` is None for the machine.

    Raises ``TypeError`` for a verb that no app declares, and ``NotPermitted`` where somebody else is signed in.
    """
    if not isinstance(verb, Verb):
        raise TypeError(f"{verb!r} is no verb of the log: declare it in the vocabulary of its app.")
    name = name_of(subject)
    written = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    if by is not None:
        actor.refuse_others(by)
    with transaction.atomic(savepoint=False):
        actor.speak_for(by)
        entry: LogEntry = LogEntry.objects.create(
            chain=chain or name,
            actor=by,
            actor_name=by.username if by else MACHINE,
            verb=verb,
            subject=name,
            facts=written,
        )
    return entry


def bind_seals() -> int:
    """Add entries that carry the seals of rows which were written without an act; return how many seals."""
    number = 0
    while Seal.objects.filter(entry=None).exists():
        columns = {"chain": CHAIN, "actor_name": MACHINE, "verb": DeskVerb.SEALED_ROWS, "subject": CHAIN, "facts": "{}"}
        with transaction.atomic():
            actor.speak_for(None)
            entry = LogEntry.objects.create(**columns)
        entry.refresh_from_db(fields=["sealed_rows"])
        number += entry.sealed_rows
        if entry.sealed_rows < AT_ONCE:
            break
    return number


def name_of(row: models.Model) -> str:
    """Return how the log names a row, such as ``claim 12``: also the name of the row's chain."""
    return f"{row._meta.model_name} {row.pk}"


def model_of(kind: str) -> type[models.Model] | None:
    """Return the model of a kind of rows, as names in the log give it: ``claim`` of ``claim 12``; None if unknown."""
    return _models().get(kind)


@cache
def _models() -> dict[str, type[models.Model]]:
    return {str(model._meta.model_name): model for model in reversed(apps.get_models())}


def verify(chain: str) -> list[Fault]:
    """Recompute a hash chain from its first entry and return every error.

    This finds edited, removed, inserted and reordered entries, and entries missing at the end. It does not find a
    chain that the owner of the database rewrote as a whole; only a hash kept elsewhere does. Every report prints the
    hash of its claim.
    """
    return [fault for batch in _batches_of(chain) for fault in batch.faults]


def batches(after: str = "") -> Iterator[Batch]:
    """Recompute every hash chain that comes after a place, in batches; from the beginning where none is given."""
    seq, previous, begun = json.loads(after) if after else (0, "", "")
    for chain in chains():
        if chain == begun:
            yield from _batches_of(chain, seq, previous)
        elif chain > begun:
            yield from _batches_of(chain)


def _batches_of(chain: str, seq: int = 0, previous: str = "") -> Iterator[Batch]:
    """Recompute a chain from an entry on; from the first where none is given."""
    previous, rows = previous or hashlib.sha256((GENESIS + chain).encode()).hexdigest(), ENTRIES_AT_ONCE
    while rows == ENTRIES_AT_ONCE:
        entries = list(LogEntry.objects.filter(chain=chain, seq__gt=seq).order_by("seq")[:ENTRIES_AT_ONCE])
        rows, faults = len(entries), list[Fault]()
        for entry in entries:
            faults += _faults_of(entry, previous, seq + 1)
            previous, seq = entry.hash, entry.seq
        if rows < ENTRIES_AT_ONCE:
            faults += _faults_of_end(chain, seq, previous)
        yield Batch(json.dumps([seq, previous, chain]), rows, faults)


def _faults_of_end(chain: str, seq: int, previous: str) -> Iterator[Fault]:
    head = LogHead.objects.filter(chain=chain).first()
    if head is None and seq:
        yield Fault(chain, seq, _("the end of the chain is missing"))
    elif head is not None and (head.seq, head.hash) != (seq, previous):
        yield Fault(chain, head.seq, _("entries at the end are missing or changed"))


def chains() -> list[str]:
    """Return the name of every chain, also where only entries or only the end is left."""
    named = LogEntry.objects.order_by().values_list("chain", flat=True).distinct()
    return sorted({*named, *LogHead.objects.values_list("chain", flat=True)})


def head(chain: str) -> str:
    """Return the hash of the newest entry of a chain; empty when there is none."""
    return LogHead.objects.filter(chain=chain).values_list("hash", flat=True).first() or ""


def hold(chain: str) -> tuple[int, str]:
    """Return number and hash of the newest entry of a chain, and let nobody add another until the transaction ends.

    Number 0 and an empty hash where there is no entry yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM workbench_hold_chain(%s)", [chain])
        found = cursor.fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def _faults_of(entry: LogEntry, previous: str, seq: int) -> Iterator[Fault]:
    if entry.seq != seq:
        yield Fault(entry.chain, entry.seq, _("number %(n)d was expected") % {"n": seq})
    if entry.previous != previous:
        yield Fault(entry.chain, entry.seq, _("does not match the entry before it"))
    if entry.hash != _hash(entry):
        yield Fault(entry.chain, entry.seq, _("was changed after it was written"))


def hashed_text(entry: LogEntry) -> str:
    """Return the text that the hash of an entry is the SHA-256 of; empty for a form that there is not."""
    at = entry.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if entry.form == 1:
        columns = [entry.chain, entry.seq, entry.previous, at, entry.actor_id or "-"]
        columns += [entry.actor_name, entry.verb, entry.subject, entry.facts]
        return "\n".join(map(str, columns))
    if entry.form not in (2, FORM):
        return ""
    who = None if entry.actor_id is None else str(entry.actor_id)
    texts = [f"{HASH}{entry.form}", entry.chain, str(entry.seq), entry.previous, at, who, entry.actor_name, entry.verb]
    texts += [entry.subject, entry.facts, str(entry.sealed_rows), entry.seals_sha256]
    texts += [entry.nonce] if entry.form == FORM else []
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


def _hash(entry: LogEntry) -> str:
    return hashlib.sha256(hashed_text(entry).encode()).hexdigest()
