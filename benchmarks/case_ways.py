"""Ways to tamper with the complete package of a claim: each gives the package with something changed.

Every file is cut, lengthened, flipped, doubled and left out; every field of every record and every entry of the log
is changed; what depends on a change is recomputed too, as far as somebody can who does not have the desk's key. A
forger with a key of their own signs everything again: who knows the key of the desk notices that.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sources.archive import case_check, checkpoints
from workbench.transparency import commitments, merkle, signed_note
from workbench.transparency.signed_note import Note, Signature

Files = dict[str, bytes]
Change = Callable[[Any], None]
BOMB = 300_000_000  # bytes


def opened(package: bytes) -> Files:
    """Return the files of a package by their names, in their order."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return {entry.filename: source.read(entry) for entry in source.infolist()}


def packed(files: Files, *doubled: tuple[str, bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    """Return a package with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as target:
        for name, data in [*files.items(), *doubled]:
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, packing)
    return made.getvalue()


def ways(package: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every way by its name, with the package that it gives."""
    files = opened(package)
    yield from _of_container(package, files)
    for name, data in files.items():
        yield from _of_file(files, name, data)
    yield from _of_records(files)
    yield from _of_log(files)
    for name in (case_check.STATEMENT, case_check.CHECKPOINT, checkpoints.KEYS):
        yield from _of_lines(files, name)
    yield from _signed_again(files)


def _of_container(package: bytes, files: Files) -> Iterator[tuple[str, bytes]]:
    names = list(files)
    yield "bytes before the package", b"x" * 40 + package
    yield "bytes after the package", package + b"x" * 40
    yield "cut in the middle", package[: len(package) // 2]
    yield "everything compressed", packed(files, packing=zipfile.ZIP_DEFLATED)
    for name in ("more.txt", "../escaped.txt", "/etc/passwd", "reports/report-99.json", "reports/../log.json"):
        yield f"{name} added", packed({**files, name: b"x"})
    for name in names:
        yield f"{name}: named twice", packed(files, (name, b"another"))
        yield f"{name}: renamed", packed({(f"{each}x" if each == name else each): files[each] for each in names})
    for name in (case_check.RECORDS, case_check.LOG, "proof/verify.py"):
        bomb = packed({**files, name: b" " * BOMB}, packing=zipfile.ZIP_DEFLATED)
        yield f"{name}: a bomb of {BOMB // 1_000_000} MB", bomb


def _of_file(files: Files, name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file left out, emptied, cut, lengthened, in the place of another, and with bytes flipped."""
    without = {each: content for each, content in files.items() if each != name}
    yield f"{name}: left out", packed(without)
    other = next(each for each in files if each != name)
    changed = {"emptied": b"", "cut": data[:-1], "lengthened": data + b"\n", f"replaced by {other}": files[other]}
    for part in range(8):
        place = len(data) * part // 8
        changed[f"byte {place} flipped"] = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    for what, content in changed.items():
        if content != data:
            yield f"{name}: {what}", packed({**files, name: content})


def _of_json(files: Files, name: str, what: str, change: Change) -> tuple[str, bytes]:
    value = json.loads(files[name])
    change(value)
    return f"{name}: {what}", packed({**files, name: commitments.canonical(value).encode()})


def _of_records(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield each record removed, doubled, moved and renamed, and each field of the first of each kind changed."""
    records, seen = json.loads(files[case_check.RECORDS]), set()
    for place, record in enumerate(records):
        name = f"{record['kind']} {record['key']}"
        changes: dict[str, Change] = {
            "removed": lambda all_, at=place: all_.pop(at),  # type: ignore[misc]
            "doubled": lambda all_, at=place: all_.append(all_[at]),  # type: ignore[misc]
            "moved": lambda all_, at=place: _move(all_, at),  # type: ignore[misc]
            "renamed": lambda all_, at=place: all_[at].update(key="999"),  # type: ignore[misc]
        }
        for what, change in changes.items() if record["kind"] not in seen else [("removed", changes["removed"])]:
            yield _of_json(files, case_check.RECORDS, f"{name} {what}", change)
        for field in record["fields"] if record["kind"] not in seen else ():
            yield from _of_field(files, place, name, field)
        seen.add(record["kind"])


def _move(records: Any, place: int) -> None:
    record = records.pop(place)
    records.insert(0 if place else len(records), record)


def _of_field(files: Files, place: int, name: str, field: str) -> Iterator[tuple[str, bytes]]:
    def at(records: Any) -> Any:
        return records[place]["fields"]

    changes: dict[str, Change] = {
        "changed": lambda all_: at(all_)[field].update(value=f"{at(all_)[field]['value']}x"),
        "with another salt": lambda all_: at(all_)[field].update(salt="0" * commitments.SHORTEST_SALT),
        "left out": lambda all_: at(all_).pop(field),
        "with another commitment": lambda all_: at(all_).update({field: {"commitment": "0" * 64}}),
    }
    for what, change in changes.items():
        yield _of_json(files, case_check.RECORDS, f"{name}, {field}: {what}", change)


def _of_log(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield each entry of the log changed in each of its parts, removed, doubled and exchanged with the next."""
    entries = json.loads(files[case_check.LOG])["entries"]
    for place, entry in enumerate(entries):
        where = f"entry {entry['seq']}"

        def each(log: Any, place: int = place) -> Any:
            return log["entries"][place]

        changes: dict[str, Change] = {
            "removed": lambda log, at=place: log["entries"].pop(at),  # type: ignore[misc]
            "doubled": lambda log, at=place: log["entries"].insert(at, log["entries"][at]),  # type: ignore[misc]
            "of another number": lambda log, of=each: of(log).update(number=of(log)["number"] + 1),  # type: ignore[misc]
            "in another place": lambda log, of=each: of(log).update(seq=of(log)["seq"] + 1),  # type: ignore[misc]
            "with another hash": lambda log, of=each: of(log).update(hash="0" * 64),  # type: ignore[misc]
            "with another proof": lambda log, of=each: of(log).update(path=of(log)["path"][:-1]),  # type: ignore[misc]
            "reworded": lambda log, of=each: of(log).update(text=of(log)["text"] + " "),  # type: ignore[misc]
            "reworded, with its hash": lambda log, of=each: _reworded(of(log)),  # type: ignore[misc]
            "with more": lambda log, of=each: of(log).update(more="x"),  # type: ignore[misc]
        }
        for what, change in changes.items():
            yield _of_json(files, case_check.LOG, f"{where} {what}", change)


def _reworded(entry: Any) -> None:
    entry["text"] = entry["text"].replace("claim", "clam", 1) + " "
    entry["hash"] = hashlib.sha256(entry["text"].encode()).hexdigest()


def _of_lines(files: Files, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield each line of a signed text or of the list of keys left out, doubled and changed."""
    lines = files[name].decode().splitlines(keepends=True)
    for place, line in enumerate(lines):
        before, after = lines[:place], lines[place + 1 :]
        for what, now in (("left out", []), ("doubled", [line, line]), ("changed", [_other(line)])):
            text = "".join([*before, *now, *after])
            if text != files[name].decode():
                yield f"{name}, line {place + 1}: {what}", packed({**files, name: text.encode()})


def _other(line: str) -> str:
    text = line.rstrip("\n")
    return f"{text[:-2]}{'AA' if text[-2:] != 'AA' else 'BB'}\n" if len(text) > 1 else f"x{line}"


def _signed_again(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield what a forger makes who signs with a key of their own: everything recomputed, in several stories."""
    stories: dict[str, dict[str, Change]] = {
        "nothing else": {},
        "the verdict turned": {case_check.RECORDS: lambda all_: _said(all_, "decision", "rating", "supported")},
        "a review turned": {case_check.RECORDS: lambda all_: _said(all_, "review", "rating", "supported")},
        "the last entry cut": {case_check.LOG: lambda log: log["entries"].pop()},
        "an entry reworded": {case_check.LOG: lambda log: _reworded(log["entries"][0])},
    }
    for story, changes in stories.items():
        made = dict(files)
        for name, change in changes.items():
            value = json.loads(made[name])
            change(value)
            made[name] = commitments.canonical(value).encode()
        yield f"signed again by a forger: {story}", packed(_forged(made, checkpoint=False))
        yield f"signed again by a forger, checkpoint too: {story}", packed(_forged(made, checkpoint=True))


def _said(records: Any, kind: str, field: str, value: str) -> None:
    next(each for each in records if each["kind"] == kind)["fields"][field]["value"] = value


def _forged(files: Files, *, checkpoint: bool) -> Files:
    """Return the files with the statement made again, and signed with another key; the checkpoint too."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    note = signed_note.read(files[case_check.CHECKPOINT].decode())
    key = signed_note.key_id(note.origin, public)
    key_line = f"{signed_note.key_text(note.origin, public)}\n".encode()
    made = dict(files)
    if checkpoint:
        log = json.loads(made[case_check.LOG])
        leaves = [merkle.leaf_hash(f"{each['hash']} {each['seq']} claim".encode()) for each in log["entries"]]
        unsigned = Note(note.origin, note.size, merkle.root(leaves), note.extensions, ())
        signature = Signature(note.origin, key, private.sign(unsigned.body.encode()))
        made[case_check.CHECKPOINT] = Note(
            note.origin, unsigned.size, unsigned.root, unsigned.extensions, (signature,)
        ).text.encode()
    made[checkpoints.KEYS] = key_line if checkpoint else made[checkpoints.KEYS] + key_line
    body, _signatures = signed_note.parts_of(made[case_check.STATEMENT].decode())
    records = json.loads(made[case_check.RECORDS])
    lines = []
    for line in body.splitlines():
        word, _space, rest = line.partition(" ")
        name = rest.rpartition(" ")[0]
        if word == "records":
            rest = f"{len(records)} {merkle.root([commitments.record_hash(each) for each in records]).hex()}"
        elif word == "log":
            last = json.loads(made[case_check.LOG])["entries"][-1]
            rest = f"{last['seq']} {last['hash']}"
        elif word == "file":
            rest = f"{name} {hashlib.sha256(made[name]).hexdigest()}"
        lines.append(f"{word} {rest}" if rest else line)
    told = "".join(f"{line}\n" for line in lines)
    signature = Signature(note.origin, key, private.sign(told.encode()))
    made[case_check.STATEMENT] = signed_note.signed_text(told, [signature]).encode()
    return made
