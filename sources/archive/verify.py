#!/usr/bin/env python3
"""The verifier: check an evidence package (WACZ 1.1.1) or a WARC file, with only Python's standard library."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import re
import struct
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from sources.archive.case_check import CAPTURES, STATEMENT, check_case
from sources.archive.checkpoints import check_captures
from sources.archive.growth import check_growth
from sources.archive.lists import (
    CHAIN,
    DIGEST,
    PACKAGE,
    PAGES,
    check_blocks,
    check_index,
    check_ours,
    check_pages,
    digest_between,
    digest_of,
    is_beginning,
    sha256,
    stored,
)
from sources.archive.records import BLOCK, HEADERS, PAYLOAD, SHOWS, Record, check_room, records
from sources.archive.trust import Broken, certificates, signed, stamp
from sources.archive.verifier_messages import Checked, say

GENESIS = hashlib.sha256(b"claim-workbench-captures-v1").hexdigest()


def check_records(found: list[Record], out: Checked, *, whole: bool) -> None:
    """Check digests, and that records refer to records that are there; a lone file may refer to others."""
    known: dict[str, Record] = {}
    for one in found:
        if one.id in known:
            (out.fault if whole else out.note)(one.where, "named twice")
        known[one.id] = one
        check_digests(one, out)
    for one in found:
        if one.kind == "revisit":
            check_revisit(one, known, out, whole=whole)
        elif "warc-concurrent-to" in one.head or (one.kind == "conversion" and "warc-refers-to" in one.head):
            check_companion(one, known, out, whole=whole)


def check_digests(one: Record, out: Checked) -> None:
    """Check the digests of a record; say when it has none, or is not whole."""
    holds = {one.holds(BLOCK, one)}
    if one.kind != "revisit":
        holds.add(one.holds(PAYLOAD, one))
    if False in holds:
        out.fault(one.where, "hash does not match")
    if holds == {None} and one.kind in SHOWS:
        out.note(one.where, "has no digest")
    if "warc-truncated" in one.head:
        out.note(one.where, "truncated when it was fetched")


def check_companion(one: Record, known: dict[str, Record], out: Checked, *, whole: bool) -> None:
    """Check that what a request, metadata or a conversion belongs to is there, with the SHA-256 that metadata say."""
    about = known.get(one.said("warc-concurrent-to") or one.said("warc-refers-to"))
    if about is None:
        if whole:
            out.fault(one.where, "refers to a record that is not here")
    elif one.kind == "conversion" and about.url != one.url:
        out.fault(one.where, "refers to another payload")
    elif one.kind == "metadata" and "warc-fields" in one.said("content-type"):
        check_told(one, about, out)


def check_told(one: Record, about: Record, out: Checked) -> None:
    """Check the SHA-256 that metadata say of a record."""
    if one.size - one.before > HEADERS:
        out.fault(one.where, "not readable")
        return
    said = dict(line.partition(": ")[::2] for line in one.block.decode("utf-8", "replace").split("\r\n"))
    block, payload, _plain = about.hashes("sha256")
    made = {"block-sha256": block, **({} if about.kind == "revisit" else {"payload-sha256": payload})}
    if any(name in said and said[name] != right.hex() for name, right in made.items()):
        out.fault(one.where, "hash does not match")


def check_revisit(one: Record, known: dict[str, Record], out: Checked, *, whole: bool) -> None:
    """Check that a revisit repeats the payload of a record that is there (WARC 1.1 section 6.7)."""
    url, date = one.said("warc-refers-to-target-uri").strip("<>"), one.said("warc-refers-to-date")[:19]
    if "warc-refers-to" in one.head:
        target = known.get(one.said("warc-refers-to"))
    else:
        named = (each for each in known.values() if each.kind in SHOWS and each.url == (url or one.url))
        target = next((each for each in named if each is not one and date in {"", each.date[:19]}), None)
    if target is None and whole:
        out.fault(one.where, "refers to a record that is not here")
    if target is None:
        return
    named_so = url in {"", target.url} and date in {"", target.date[:19]}
    if not named_so or one.holds(PAYLOAD, target) is False or target.kind == "revisit":
        out.fault(one.where, "refers to another payload")


def check_zip(path: Path, package: zipfile.ZipFile, out: Checked) -> None:
    """Check that the ZIP file holds its entries, and nothing else, each once and as it says in both places."""
    packed = [entry for entry in package.infolist() if entry.compress_type]
    check_room(path.name, *(sum(getattr(entry, size) for entry in packed) for size in ("file_size", "compress_size")))
    at, slack, names = 0, 0, set()
    for entry in sorted(package.infolist(), key=lambda entry: entry.header_offset):
        name = entry.filename
        if name in names:
            out.fault(name, "named twice")
        names.add(name)
        if name.startswith("/") or ".." in name.split("/") or re.search(r"[\\\x00-\x1f:]", name):
            out.fault(name, "unsafe name")
        if entry.compress_type and (name.startswith("archive/") or name.endswith(".gz")):
            out.fault(name, "compressed, must be stored")
        if not at <= entry.header_offset <= at + slack or entry.comment:
            out.fault(name, "hidden bytes")
        start, slack = entry.header_offset, 24 if entry.flag_bits & 8 else 0  # sizes may follow a stream
        *said, length, more = struct.unpack("<8xH4x3L2H", _piece(path, start, 30))
        at = start + 30 + length + more + entry.compress_size
        listed = [entry.compress_type, entry.CRC, entry.compress_size, entry.file_size]
        if said != listed and not slack and max(said) < 0xFFFFFFFF:  # of large files (ZIP64) the sizes are elsewhere
            out.fault(name, "size does not match")
    end = _piece(path, path.stat().st_size - 22, 4)
    if end != b"PK\5\6" or package.comment or not at <= package.start_dir <= at + slack:
        out.fault(path.name, "hidden bytes")


def _piece(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


def check_package(package: zipfile.ZipFile, out: Checked) -> dict[str, Any]:
    """Check every file against the list of files, and the list against its digest; return the list."""
    names = {entry.filename for entry in package.infolist() if not entry.is_dir()}
    listed: dict[str, Any] = json.loads(package.read(PACKAGE))
    old = listed.get("wacz_version") == "1.0.0" and CHAIN not in names  # it had no digest of the list
    for name in {PAGES} if old else {PAGES, DIGEST}:
        if name not in names:
            out.fault(name, "missing")
    resources = {item["path"]: item for item in listed["resources"]}
    if len(resources) != len(listed["resources"]):
        out.fault(PACKAGE, "named twice")
    for name in sorted(names - {PACKAGE, DIGEST} - resources.keys()):
        out.fault(name, "not listed")
    for name, item in resources.items():
        if name not in names:
            out.fault(name, "missing")
        else:
            check_file(package, name, item.get("stats", item) if old else item, out)
    if DIGEST in names:
        check_digest(package, listed, out)
    return listed


def check_file(package: zipfile.ZipFile, name: str, said: dict[str, Any], out: Checked) -> None:
    """Check one file against what the list of files says of it."""
    digest, size = digest_of(package, name)
    if said["hash"].removeprefix("sha256:") != digest:
        out.fault(name, "hash does not match")
    if said["bytes"] != size:
        out.fault(name, "size does not match")


def check_digest(package: zipfile.ZipFile, listed: dict[str, Any], out: Checked) -> None:
    """Check the list of files against its digest, and the signature where there is one."""
    digest = json.loads(package.read(DIGEST))
    if digest.get("hash") != sha256(package.read(PACKAGE)) or digest.get("path") != PACKAGE:
        out.fault(PACKAGE, "hash does not match")
    if "signedData" in digest:
        try:
            signed(digest["signedData"], digest["hash"], listed.get("created", ""))
        except Broken as problem:
            out.fault(DIGEST, str(problem))


def check_chain(package: zipfile.ZipFile, found: list[Record], out: Checked, root: str, key: str) -> None:
    """Check that the records are those of the chain, that its links follow, and which of them a stamp covers."""
    chain = json.loads(package.read(CHAIN))
    heads: dict[int, str] = {}
    shown: dict[int, int] = {}  # number of a capture in this package: number of the last link that follows from it
    covered: set[tuple[str, int]] = set()
    for segment in chain["segments"]:
        number, previous = segment["first"], segment["previous"]
        last = number + len(segment["links"]) - 1
        if (number == 1) != (previous == GENESIS) or number <= max(heads, default=0):
            out.fault(f"{CHAIN} {number}", "chain does not follow")
        for here, link in enumerate(segment["links"], start=number):
            if "facts" in link:
                shown[here] = last
                covered |= check_link(package, here, link, found, out)
            previous = heads[here] = hashlib.sha256((previous + link["digest"]).encode()).hexdigest()
        if segment["head"] != previous:
            out.fault(f"{CHAIN} {last}", "chain does not follow")
    for one in found:
        if (one.place, one.offset) not in covered and not is_beginning(one):
            out.fault(one.where, "record outside the chain")
    check_stamps(package, chain["stamps"], heads, shown, out, root)
    check_captures(package, chain.get("checkpoints", []), heads, shown, out, key)


def check_stamps(
    package: zipfile.ZipFile, items: list[Any], heads: dict[int, str], shown: dict[int, int], out: Checked, root: str
) -> None:
    """Check the timestamps on the chain, and say what they do not cover."""
    stamps = [item["number"] for item in items if check_stamp(package, item, heads, out, root)]
    bare = [number for number, last in shown.items() if not any(number <= stamp <= last for stamp in stamps)]
    out.stamped = bool(shown) and not bare
    said = [f"proof/{name}.json" for name in ("copies", "brought") if f"proof/{name}.json" in package.namelist()]
    for where in [f"{CHAIN} {number}" for number in bare] + [f"{PACKAGE}, title", *said] if stamps else []:
        out.note(where, "no stamp covers this")


def check_link(
    package: zipfile.ZipFile, number: int, link: dict[str, Any], found: list[Record], out: Checked
) -> set[tuple[str, int]]:
    """Check the facts of one capture against its records; return where these are."""
    facts, at = json.loads(link["facts"]), link["at"]
    start, end = at["offset"], at["offset"] + facts["records_bytes"]
    made = digest_between(package, at["file"], start, end)
    if hashlib.sha256(link["facts"].encode()).hexdigest() != link["digest"] or facts["number"] != number:
        out.fault(f"{CHAIN} {number}", "chain does not follow")
    if made != facts["records_sha256"]:
        out.fault(f"{CHAIN} {number}", "records differ from the chain")
    return {(one.place, one.offset) for one in found if one.place == at["file"] and start <= one.offset < end}


def check_stamp(package: zipfile.ZipFile, item: dict[str, Any], heads: dict[int, str], out: Checked, root: str) -> bool:
    """Check one timestamp on the chain; note its time, and which root certificate vouches for it."""
    try:
        pem = package.read(item["certificates"]).decode()
        at, path = stamp(package.read(item["token"]), heads.get(item["number"], "").encode(), certificates(pem))
    except Broken as problem:
        out.fault(item["token"], str(problem))
        return False
    prints = [one.fingerprint for one in path]
    if re.sub(r"\D", "", item["stamped_at"]) != at:
        out.fault(item["token"], "was given at another time")
    if root and root not in prints:
        out.fault(item["token"], "does not lead to the root you named")
    out.note(f"{at[:4]}-{at[4:6]}-{at[6:8]} {at[8:10]}:{at[10:12]}:{at[12:14]} UTC", "stamped")
    out.note(prints[-1], "root certificate, compare it with one you got elsewhere")
    return True


def check(path: Path, root: str = "", key: str = "") -> Checked:
    """Check a file; ``root`` is the SHA-256 of the root certificate that a stamp must lead to, empty for any.

    ``key`` is the public key of the desk that must have signed it, empty for any.
    """
    out = Checked()
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                _check_all(path, package, out, root, key)
        else:
            with path.open("rb") as file:
                check_records(list(records(path.name, file)), out, whole=False)
    except Broken as problem:
        out.fault(str(problem.args[0]) if len(problem.args) > 1 else path.name, str(problem.args[-1]))
    except Exception as problem:  # noqa: BLE001 -- whatever a forged file makes the library raise is a fault of the file
        out.fault(f"{path.name} ({type(problem).__name__}: {problem})", "not readable")
    return out


def _check_all(path: Path, package: zipfile.ZipFile, out: Checked, root: str, key: str) -> None:
    check_zip(path, package, out)
    if STATEMENT in package.namelist():
        _check_case(package, out, root, key)
    else:
        _check_captures(package, out, root, key)


def _check_captures(package: zipfile.ZipFile, out: Checked, root: str, key: str) -> None:
    listed = check_package(package, out)
    found = []
    with contextlib.ExitStack() as opened:
        for name in package.namelist():
            if re.match(r"archive/.*\.warc(\.gz)?$", name):
                found += list(records(name, opened.enter_context(stored(package, name))))
        if not found:
            out.fault("archive/", "missing")
        check_records(found, out, whole=True)
        _check_lists(package, listed, found, out, root, key)


def _check_lists(
    package: zipfile.ZipFile, listed: dict[str, Any], found: list[Record], out: Checked, root: str, key: str
) -> None:
    ours = CHAIN in package.namelist()
    if ours:
        check_ours(package, listed, out)
    check_index(package, found, out, ours=ours)
    check_blocks(package, out)
    if PAGES in package.namelist():
        check_pages(package, found, out, ours=ours)
    if ours:
        check_chain(package, found, out, root, key)
    elif str(listed.get("software", "")).startswith("ClaimWorkbench"):
        out.fault(CHAIN, "missing")


def _check_case(package: zipfile.ZipFile, out: Checked, root: str, key: str) -> None:
    """Check the package of a case, and the package of captures in it."""
    out.is_case = True
    for entry in package.infolist():
        if entry.compress_type:
            raise Broken(entry.filename, "compressed, must be stored")
    check_case(package, out, root, key)
    if CAPTURES not in package.namelist():
        return
    with tempfile.TemporaryDirectory() as folder:
        inner = check(Path(package.extract(CAPTURES, folder)))
    for where, what in inner.faults:
        out.fault(f"{CAPTURES}, {where}", what)
    for where, what in inner.notes:
        out.note(f"{CAPTURES}, {where}", what)


def main() -> int:
    """Print the result of the check; return 0 when everything holds, 1 when not."""
    parser = argparse.ArgumentParser(description="Check a package of captures (WACZ 1.1.1), or a WARC file.")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--stamped", action="store_true", help="fail unless a stamp covers every capture")
    parser.add_argument("--root", default="", help="SHA-256 of the root certificate that the stamps must lead to")
    parser.add_argument("--key", default="", help="public key of the desk that must have signed the checkpoints")
    parser.add_argument(
        *("--grew",),
        nargs=3,
        metavar=("OLD", "NEW", "PROOF"),
        help="check two checkpoints, lines or files, by the proof that the desk sends at /checkpoint/OLD/NEW",
    )
    asked = parser.parse_args()
    if (asked.file is None) == (asked.grew is None):
        parser.error("name a file, or two checkpoints and their proof")
    out = Checked()
    if asked.grew:
        check_growth(asked.grew[0], asked.grew[1], Path(asked.grew[2]), asked.key, out)
    else:
        out = check(asked.file, asked.root.replace(":", "").lower(), asked.key)
    for mark, lines in (("+", out.notes), ("!", out.faults)):
        for where, what in lines:
            sys.stdout.write(f"{mark} {where}: {say(what)}\n")
    sys.stdout.write(say(out.conclusion) + "\n")
    return 1 if out.faults or ((asked.stamped or asked.root) and not out.stamped) else 0


if __name__ == "__main__":
    sys.exit(main())
