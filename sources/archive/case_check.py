"""Check the complete package of a claim for the verifier: signature, records, log, captures; standard library only."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import Any

from sources.archive.checkpoints import check_note, check_token, keys_of
from sources.archive.lists import digest_of
from sources.archive.verifier_messages import Checked
from workbench.transparency.commitments import NotCommitted, canonical, record_hash
from workbench.transparency.merkle import NotProved, leaf_hash, root, root_of_inclusion
from workbench.transparency.signed_note import NoCheckpoint, Note, parts_of, signed_by

FORM = "claim-workbench case 1"
STATEMENT, CHECKPOINT, STAMP = "proof/case.txt", "proof/checkpoint.txt", "proof/stamp"
RECORDS, LOG, CAPTURES = "case.json", "log.json", "captures.wacz"
BOUND_ELSEWHERE = {STATEMENT, RECORDS, LOG}  # every other file is named in the statement
_NAMES = re.compile(
    r"case\.json|log\.json|captures\.wacz|README\.[a-z]{2}\.txt|reports/report-[0-9]+\.json"
    r"|proof/(case|checkpoint|keys)\.txt|proof/verify\.py|proof/stamp\.(tsr|pem)"
)


def check_case(package: zipfile.ZipFile, out: Checked, root_certificate: str, key: str) -> None:
    """Check everything in the package of a case but its captures."""
    keys = keys_of(package, out, key)
    said = _statement(package, keys, out)
    _check_files(package, said.get("file", []), out)
    note = check_note(package, CHECKPOINT, keys, out)
    _check_records(package, said.get("records", []), out)
    if note is not None:
        _check_log(package, note, said, out)
        if f"{STAMP}.tsr" in package.namelist():
            out.stamped = check_token(package, STAMP, note.text.encode(), out, root_certificate)
    if root_certificate and not out.stamped:
        out.fault(CHECKPOINT, "no stamp covers this")


def _statement(package: zipfile.ZipFile, keys: list[bytes], out: Checked) -> dict[str, list[str]]:
    """Return the lines that the desk signed, by their first word."""
    try:
        body, signatures = parts_of(package.read(STATEMENT).decode())
    except (NoCheckpoint, UnicodeDecodeError):
        out.fault(STATEMENT, "not readable")
        return {}
    form, origin, chain, *lines = body.splitlines()
    if form != FORM or signed_by(body, signatures, keys) is None or [each.name for each in signatures] != [origin]:
        out.fault(STATEMENT, "signature does not hold")
    said: dict[str, list[str]] = {"origin": [origin], "chain": [chain]}
    for line in lines:
        word, _space, rest = line.partition(" ")
        said.setdefault(word, []).append(rest)
    out.note(f"{chain}, {said.get('time', [''])[0]}", "signed by the desk")
    return said


def _check_files(package: zipfile.ZipFile, lines: list[str], out: Checked) -> None:
    """Check that the package holds the files that the desk signed, and no other."""
    signed = dict(line.rpartition(" ")[::2] for line in lines)
    names = set(package.namelist())
    for name in sorted(names - signed.keys() - BOUND_ELSEWHERE):
        out.fault(name, "not listed")
    for name in sorted(signed.keys() - names | BOUND_ELSEWHERE - names):
        out.fault(name, "missing")
    for name in sorted(names):
        if not _NAMES.fullmatch(name):
            out.fault(name, "does not belong here")
        if name in signed and digest_of(package, name)[0] != signed[name]:
            out.fault(name, "hash does not match")


def _check_records(package: zipfile.ZipFile, lines: list[str], out: Checked) -> None:
    """Check that the records lead to the hash that the desk signed; say how many fields are withheld."""
    records = _canonical(package, RECORDS, out)
    try:
        told = f"{len(records)} {root([record_hash(each) for each in records]).hex()}"
    except (NotCommitted, KeyError, TypeError, AttributeError):
        out.fault(RECORDS, "not readable")
        return
    if lines != [told]:
        out.fault(RECORDS, "hash does not match")
    number = sum("commitment" in field for each in records for field in each["fields"].values())
    if number:
        out.note(f"{RECORDS}: {number}", "fields are withheld, and still bound")
    _check_reports(package, records, out)


def _check_reports(package: zipfile.ZipFile, records: list[Any], out: Checked) -> None:
    """Check that each report in the records is the file of its number."""
    shown = [each["fields"] for each in records if each["kind"] == "report"]
    for fields in shown:
        name = f"reports/report-{fields['number']['value']}.json"
        if name not in package.namelist():
            out.fault(name, "missing")
        elif digest_of(package, name)[0] != fields["sha256"]["value"]:
            out.fault(name, "hash does not match")


def _check_log(package: zipfile.ZipFile, note: Note, said: dict[str, list[str]], out: Checked) -> None:
    """Check that every entry of the claim is in the log that the checkpoint covers, and that none is left out."""
    log = _canonical(package, LOG, out)
    entries, chain = log["entries"], said.get("chain", [""])[0]
    last = entries[-1] if entries else {"seq": 0, "hash": ""}
    if log.keys() != {"entries", "size"} or log["size"] != note.size or [note.origin] != said.get("origin"):
        out.fault(LOG, "chain does not follow")
    if said.get("log") != [f"{last['seq']} {last['hash']}"]:
        out.fault(LOG, "chain does not follow")
    for seq, entry in enumerate(entries, start=1):
        _check_entry(entry, seq, chain, note, out)
    number = sum("text" not in entry for entry in entries)
    if number:
        out.note(f"{LOG}: {number}", "log entries are withheld, and still bound")


def _check_entry(entry: dict[str, Any], seq: int, chain: str, note: Note, out: Checked) -> None:
    where = f"{LOG}, {chain} {seq}"
    leaf = leaf_hash(f"{entry['hash']} {entry['seq']} {chain}".encode())
    try:
        found = root_of_inclusion(entry["number"], note.size, leaf, [bytes.fromhex(each) for each in entry["path"]])
    except NotProved:
        found = b""
    if entry["seq"] != seq or found != note.root or entry.keys() - {"text"} != {"number", "seq", "hash", "path"}:
        out.fault(where, "is not in the log of the checkpoint")
    if "text" in entry and hashlib.sha256(entry["text"].encode()).hexdigest() != entry["hash"]:
        out.fault(where, "hash does not match")


def _canonical(package: zipfile.ZipFile, name: str, out: Checked) -> Any:
    """Return a JSON file; a fault where it is written in another way than ours."""
    text = package.read(name).decode()
    value = json.loads(text)
    if canonical(value) != text:
        out.fault(name, "does not belong here")
    return value
