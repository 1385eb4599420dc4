"""The complete package of a claim: one ZIP that others check offline with the one program in it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from django.db import transaction

from claims.models import Claim, Report
from claims.publishing.exports.case import readme, records
from claims.publishing.exports.wacz import wacz as captures
from sources.archive import case_check, checkpoints, wacz
from sources.models.vocabulary import SourceAct
from workbench.desk import audit, checkpointing, log_tree, signing_key
from workbench.desk.anchors import Checkpoint
from workbench.desk.models import LogEntry, User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.transparency import commitments, merkle, signed_note
from workbench.transparency.signed_note import TIME

CONTENT_TYPE = "application/zip"
CHUNK = 1 << 20
ENTRY = (1980, 1, 1, 0, 0, 0)  # the time of every file: the package says when it was made in what the desk signed


@transaction.atomic
def render(claim: Claim, *, by: User, withhold: Iterable[str] = (), with_private: bool = False) -> BinaryIO:
    """Return the package of a case, as a file that is deleted when closed; with these groups of fields withheld.

    It makes a checkpoint, which covers every entry of the claim’s log. Raises ``Refusal`` and ``NotPermitted``.
    """
    require(by, SourceAct.READ_RAW)
    withhold = sorted({*withhold, *records.withheld_by_bylines(claim)})
    made = checkpointing.now()
    sheet = records.of(claim, withhold)
    entries = _log(claim, made, told=not withhold)
    files = _files(claim, made)
    package = _temporary()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as target:
        digests = {name: _add(target, name, data) for name, data in files.items()}
        digests |= _add_captures(target, claim, by, with_private=with_private)
        _add(target, case_check.RECORDS, commitments.canonical(sheet).encode())
        _add(target, case_check.LOG, commitments.canonical({"entries": entries, "size": made.size}).encode())
        _add(target, case_check.STATEMENT, _statement(claim, made, sheet, entries, digests).encode())
    package.seek(0)
    return package


def _temporary() -> BinaryIO:
    """Return a file without a name: nothing is left of it once it is closed, or the process ends."""
    return cast("BinaryIO", tempfile.TemporaryFile(prefix="claim-workbench-"))


def _log(claim: Claim, made: Checkpoint, *, told: bool) -> list[dict[str, Any]]:
    """Return the entries of the claim’s log with their proofs of inclusion; without their texts unless ``told``."""
    chain = audit.name_of(claim)
    rows = LogEntry.objects.filter(chain=chain, leaf__number__lt=made.size).select_related("leaf").order_by("seq")
    entries = list(rows)
    paths = log_tree.inclusions([entry.leaf.number for entry in entries], made.size)
    return [
        {
            "number": entry.leaf.number,
            "seq": entry.seq,
            "hash": entry.hash,
            "path": [each.hex() for each in paths[entry.leaf.number]],
            **({"text": audit.hashed_text(entry)} if told else {}),
        }
        for entry in entries
    ]


def _files(claim: Claim, made: Checkpoint) -> dict[str, bytes]:
    """Return the files whose hashes the desk signs as they are."""
    files = {
        case_check.CHECKPOINT: made.text.encode(),
        checkpoints.KEYS: f"{signed_note.key_text(made.note.origin, made.key.data)}\n".encode() if made.key else b"",
        "proof/verify.py": wacz.verifier(),
    }
    if made.stamped_at is not None:
        files |= {"proof/stamp.tsr": bytes(made.token or b""), "proof/stamp.pem": made.certificates.encode()}
    for report in Report.objects.filter(decision__claim=claim).order_by("number"):
        files[f"reports/report-{report.number}.json"] = report.content.encode()
    return files | {f"README.{language}.txt": text.encode() for language, text in readme.README.items()}


def _add(target: zipfile.ZipFile, name: str, data: bytes) -> str:
    entry = zipfile.ZipInfo(name, ENTRY)
    entry.external_attr = 0o644 << 16
    target.writestr(entry, data)
    return hashlib.sha256(data).hexdigest()


def _add_captures(target: zipfile.ZipFile, claim: Claim, by: User, *, with_private: bool) -> dict[str, str]:
    """Add the package of captures (WACZ), where the claim has any; return its hash."""
    try:
        inner = captures.render(claim, by=by, with_private=with_private)
    except Refusal as refusal:
        if refusal.code in ("nothing", "private"):
            return {}
        raise
    entry = zipfile.ZipInfo(case_check.CAPTURES, ENTRY)
    entry.external_attr = 0o644 << 16
    digest = hashlib.sha256()
    with inner, target.open(entry, "w", force_zip64=True) as into:
        while piece := inner.read(CHUNK):
            into.write(piece)
            digest.update(piece)
    return {case_check.CAPTURES: digest.hexdigest()}


def _statement(
    claim: Claim,
    made: Checkpoint,
    sheet: list[dict[str, Any]],
    entries: list[dict[str, Any]],
    digests: dict[str, str],
) -> str:
    """Return what the desk signs about the case: one line for each thing that is in it."""
    root = merkle.root([commitments.record_hash(record) for record in sheet])
    last = entries[-1] if entries else {"seq": 0, "hash": ""}
    lines = [
        case_check.FORM,
        made.note.origin,
        audit.name_of(claim),
        f"{TIME} {made.note.said(TIME)}",
        f"records {len(sheet)} {root.hex()}",
        f"log {last['seq']} {last['hash']}",
        *[f"file {name} {digest}" for name, digest in sorted(digests.items())],
    ]
    return signing_key.signed_text("".join(f"{line}\n" for line in lines), made.note.origin)
