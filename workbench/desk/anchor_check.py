"""Check the log against its checkpoints: name what somebody removed, cut, inserted or rewrote since."""

from __future__ import annotations

import base64
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workbench.desk import audit, declarations, log_tree, signing_key
from workbench.desk.anchors import Checkpoint, SigningKey
from workbench.desk.audit import Batch, Fault
from workbench.desk.models import LogEntry
from workbench.desk.vocabulary import DeskVerb
from workbench.transparency import merkle, signed_note
from workbench.transparency.signed_note import TIME, Note

AT_ONCE = 10_000  # leaves read with one query
GRACE = timedelta(minutes=10)  # how long before a checkpoint an entry may have been written that it does not cover
LEAVES = """
    SELECT leaf.number, leaf.line, entry.hash, entry.seq, entry.chain, entry.recorded_at
    FROM workbench_logleaf leaf LEFT JOIN workbench_logentry entry ON entry.id = leaf.entry_id
    WHERE leaf.number >= %s ORDER BY leaf.number LIMIT %s
"""
# A checkpoint gives numbers to entries that are so late (``log_tree.LATE``); what is later still has none for good.
UNNUMBERED = """
    SELECT entry.chain, entry.seq FROM workbench_logentry entry LEFT JOIN workbench_logleaf leaf
    ON leaf.entry_id = entry.id WHERE leaf.entry_id IS NULL
        AND entry.id <= (SELECT max(entry_id) FROM workbench_logleaf) - %s
    ORDER BY entry.id LIMIT %s
"""
MOST_NAMED = 100  # entries without a number
TREE = "log tree"  # the name under which faults of the tree itself are reported


@dataclass
class Walked:
    """What a walk over all leaves found: their number, the roots at some sizes, and what is wrong with entries."""

    roots: dict[int, bytes]
    size: int = 0
    faults: list[tuple[int, Fault]] = field(default_factory=list)  # number of the leaf, and what is wrong


@dataclass(frozen=True)
class AfterCheckpoint:
    """What became of the log since a checkpoint that somebody kept; it holds where there are no problems."""

    note: Note
    problems: list[str]


def faults() -> list[Fault]:
    """Check every entry against the tree, and every checkpoint that the desk keeps against the tree and its key."""
    return [fault for batch in batches() for fault in batch.faults]


def batches(after: str = "") -> Iterator[Batch]:
    """Check what comes after a place, some leaves at a time; from the beginning where none is given."""
    size, complete = json.loads(after) if after else (0, [])
    tree = merkle.Growing(size, [bytes.fromhex(each) for each in complete])
    rows = list(Checkpoint.objects.made().select_related("key").order_by("pk"))
    keys = list(SigningKey.objects.select_related("before").order_by("pk"))
    found = [] if after else [*_of_keys(keys), *_unnumbered()]
    while True:
        start = tree.size
        walked, is_end = _walk(tree, {row.size for row in rows}, [(row.size, row.made_at) for row in rows])
        here = [row for row in rows if start < row.size and (row.size <= walked.size or is_end)]
        found += [fault for _number, fault in walked.faults]
        found += [
            fault
            for row, other in zip(here, _other_chains(here), strict=True)
            for fault in _of_checkpoint(row, walked, keys, other)
        ]
        if is_end and walked.size and log_tree.root(walked.size) != walked.roots[walked.size]:
            found.append(Fault(TREE, walked.size, _("the hashes that are kept do not follow from the log")))
        place = json.dumps([tree.size, [each.hex() for each in tree.complete]])
        yield Batch(place, walked.size - start, found)
        if is_end:
            return
        found = []


def _of_keys(keys: Sequence[SigningKey]) -> Iterator[Fault]:
    for key in keys:
        yield from (Fault(audit.name_of(key), 0, problem) for problem in _of_key(key))
    yield from _strangers(keys)


def _of_checkpoint(row: Checkpoint, walked: Walked, keys: Sequence[SigningKey], other: list[str]) -> Iterator[Fault]:
    for problem in [*_of_row(row, walked, keys), *other]:
        yield Fault(audit.name_of(row), row.size, problem)


def since(notes: Sequence[Note], listed: Iterable[str] = ()) -> list[AfterCheckpoint]:
    """Return what became of the log since each of some checkpoints that were kept elsewhere.

    ``listed`` are the lines of the tree as they were kept elsewhere too: with them, each changed entry can be named
    even where somebody rewrote everything that the desk keeps.
    """
    walked = walk(note.size for note in notes)
    keys = [key.data for key in SigningKey.objects.all()]
    differing = _differing(list(listed), notes)
    intact = [note for note in notes if walked.roots.get(note.size) == note.root]
    held = []
    for note in notes:
        problems = list(_of_note(note, walked, keys, intact))
        if note not in intact:
            problems += differing
        problems += [_named(fault) for number, fault in walked.faults if number < note.size]
        held.append(AfterCheckpoint(note, problems + _of_other_chains(note)))
    return held


def walk(sizes: Iterable[int], times: Sequence[tuple[int, datetime]] = ()) -> Walked:
    """Read every leaf with its entry, and return the roots at these sizes and what is wrong with the entries.

    ``times`` say at which size the tree was when: an entry that came later must not claim to be much older.
    """
    wanted, whole, tree, is_end = set(sizes), Walked({0: merkle.EMPTY}), merkle.Growing(), False
    while not is_end:
        walked, is_end = _walk(tree, wanted, times)
        whole.roots |= walked.roots
        whole.size, whole.faults = walked.size, whole.faults + walked.faults
    return whole


def _walk(tree: merkle.Growing, wanted: set[int], times: Sequence[tuple[int, datetime]]) -> tuple[Walked, bool]:
    """Add the next leaves to a tree; return what was found, and whether there are no more."""
    walked, later = Walked({0: merkle.EMPTY}), deque(sorted(times))
    floor: datetime | None = None
    with connection.cursor() as cursor:
        cursor.execute(LEAVES, [tree.size, AT_ONCE])
        rows = cursor.fetchall()
    is_end = len(rows) < AT_ONCE
    for number, line, *entry in rows:
        while later and later[0][0] <= number:
            floor = later.popleft()[1]
        if number != tree.size:
            walked.faults.append((tree.size, Fault(TREE, tree.size, _("leaves are missing from the tree of the log"))))
            is_end = True
            break
        tree.add(log_tree.leaf(line))
        walked.faults += [(number, fault) for fault in _of_entry(line, entry, floor)]
        if tree.size in wanted:
            walked.roots[tree.size] = tree.root()
    walked.size, walked.roots[tree.size] = tree.size, tree.root()
    return walked, is_end


def _of_entry(line: str, entry: Sequence[Any], floor: datetime | None) -> Iterator[Fault]:
    """Yield what is wrong with the entry of a leaf: its hash, number, chain and time."""
    digest, seq, chain, recorded_at = entry
    if digest is None:
        yield Fault(*_place(line), _("this entry was removed: a checkpoint covers it, but it is gone from the log"))
    elif log_tree.line(digest, seq, chain) != line:
        yield Fault(*_place(line), _("this entry was rewritten after a checkpoint had covered it"))
    elif floor is not None and recorded_at < floor - GRACE:
        yield Fault(
            chain, seq, _("this entry was inserted: it claims to be older than a checkpoint that does not have it")
        )


def _unnumbered() -> Iterator[Fault]:
    """Yield the entries that no checkpoint covers or will cover: it would have given them numbers long ago."""
    with connection.cursor() as cursor:
        cursor.execute(UNNUMBERED, [log_tree.LATE, MOST_NAMED])
        for chain, seq in cursor.fetchall():
            yield Fault(chain, seq, _("no checkpoint covers this entry: its key was long past when it was written"))


def _place(line: str) -> tuple[str, int]:
    """Return the chain and the number that a line of the tree names."""
    _digest, _space, rest = line.partition(" ")
    seq, _space, chain = rest.partition(" ")
    return (chain, int(seq)) if seq.isdecimal() else (TREE, 0)


def _of_row(row: Checkpoint, walked: Walked, keys: Sequence[SigningKey]) -> Iterator[str]:
    """Yield what is wrong with a checkpoint that the desk keeps."""
    try:
        note = row.note
    except signed_note.NoCheckpoint:
        yield _("the checkpoint cannot be read")
        return
    signer = signing_key.signer(note, [key.data for key in keys])
    if row.key is None or signer != row.key.data:
        yield _("the signature does not hold")
    told = {name: f"{number}:{digest}" for name, (number, digest) in row.heads.items()}
    if note.size != row.size or any(note.said(name) != said for name, said in told.items()):
        yield _("the checkpoint differs from what was signed")
    yield from _of_size(note, walked)


def _of_note(note: Note, walked: Walked, keys: list[bytes], intact: Sequence[Note]) -> Iterator[str]:
    """Yield what is wrong with the log since a checkpoint that somebody kept, one sentence each."""
    if signing_key.signer(note, keys) is None:
        yield _("No key that this desk has used signed this checkpoint, or the line was changed.")
    yield from _of_size(note, walked)
    if note not in intact:
        good = max((each for each in intact if each.size <= note.size), key=lambda each: each.size, default=None)
        if good is not None:
            yield _("The first %(n)d entries are still those of the checkpoint of %(time)s.") % {
                "n": good.size,
                "time": good.said(TIME),
            }


def _of_size(note: Note, walked: Walked) -> Iterator[str]:
    """Yield whether the log begins with the entries of a checkpoint."""
    if note.size > walked.size:
        cut = note.size - walked.size
        yield ngettext(
            "%(n)d entry was cut from the end: the checkpoint covers %(size)d entries, and the tree of the log has"
            " %(left)d.",
            "%(n)d entries were cut from the end: the checkpoint covers %(size)d entries, and the tree of the log has"
            " %(left)d.",
            cut,
        ) % {"n": cut, "size": note.size, "left": walked.size}
    elif walked.roots.get(note.size) != note.root:
        yield _(
            "The first %(size)d entries are not those that the checkpoint covers: entries were removed, inserted or"
            " rewritten, and the tree of the log with them."
        ) % {"size": note.size}


def _of_key(key: SigningKey) -> Iterator[str]:
    if key.before is None:
        return
    statement = signing_key.ENDORSES.format(old=key.before.public, new=key.public)
    if not signing_key.holds(key.before.data, statement, base64.b64decode(key.endorsement)):
        yield _("the key before did not sign this key")


def _strangers(keys: Sequence[SigningKey]) -> Iterator[Fault]:
    """Yield every key but the first that no key before has signed, and that no act explains by a lost one."""
    acts = LogEntry.objects.filter(verb=DeskVerb.LOST_SIGNING_KEY)
    explained = set(acts.order_by().values_list("subject", flat=True))
    for key in keys[1:]:
        if key.before is None and audit.name_of(key) not in explained:
            yield Fault(audit.name_of(key), 0, _("no key before signed this key, and nobody replaced a lost one"))


def _other_chains(rows: Sequence[Checkpoint]) -> Iterator[list[str]]:
    """Yield for each checkpoint what is wrong with the ends of other chains that it anchors."""
    chains = declarations.anchored()
    numbers = {name: [row.heads[name][0] for row in rows if name in row.heads] for name in chains}
    held = {name: chain.hashes(numbers[name]) for name, chain in chains.items()}
    for row in rows:
        told = {name: (number, digest) for name, (number, digest) in row.heads.items() if name in chains}
        yield [_broken(name) for name, (number, digest) in told.items() if held[name].get(number) != digest]


def _of_other_chains(note: Note) -> list[str]:
    problems = []
    for name, chain in declarations.anchored().items():
        number, _colon, digest = note.said(name).partition(":")
        if number.isdigit() and chain.hashes([int(number)]).get(int(number)) != digest:
            problems.append(_broken(name))
    return problems


def _broken(name: str) -> str:
    return _("Links of the %(chain)s were removed or rewritten.") % {"chain": declarations.anchored()[name].label}


def _differing(lines: list[str], notes: Sequence[Note]) -> list[str]:
    """Return each entry of a kept list that the log has no longer as it was; a checkpoint must vouch for the list."""
    if not lines:
        return []
    vouched = [note for note in notes if note.size <= len(lines)]
    roots = {
        size: merkle.root([log_tree.leaf(line) for line in lines[:size]]) for size in {note.size for note in vouched}
    }
    sizes = [note.size for note in vouched if roots[note.size] == note.root]
    if not sizes:
        return [_("The list belongs to none of these checkpoints.")]
    return [_named(fault) for fault in _missing(lines[: max(sizes)])]


def _missing(lines: Sequence[str]) -> Iterator[Fault]:
    for start in range(0, len(lines), AT_ONCE):
        wanted = lines[start : start + AT_ONCE]
        entries = LogEntry.objects.filter(hash__in=[line.partition(" ")[0] for line in wanted])
        held = {log_tree.line(*values) for values in entries.values_list("hash", "seq", "chain")}
        for line in wanted:
            if line not in held:
                yield Fault(*_place(line), _("this entry was removed or rewritten since the list was kept"))


def _named(fault: Fault) -> str:
    return _("%(chain)s, entry %(number)d: %(problem)s") % {
        "chain": fault.chain,
        "number": fault.seq,
        "problem": fault.problem,
    }
