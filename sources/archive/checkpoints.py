"""Check checkpoints of a desk’s log in packages: their signatures, and what they anchor; standard library only."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from sources.archive.lists import CHAIN
from sources.archive.trust import Broken, certificates, stamp
from sources.archive.verifier_messages import Checked
from workbench.transparency.signed_note import TIME, NoCheckpoint, Note, parts_of, public_key, read, signed_by

KEYS = "proof/keys.txt"
MOST_KEYS = 50  # of a desk; each takes 20 ms to try


def keys_of(package: zipfile.ZipFile, out: Checked, wanted: str) -> list[bytes]:
    """Return the public keys of the desk in a package; note each, and a fault where one is not the wanted one."""
    if KEYS not in package.namelist():
        return []
    lines = list(dict.fromkeys(package.read(KEYS).decode().splitlines()))
    if len(lines) > MOST_KEYS:
        out.fault(KEYS, "not readable")
        return []
    for line in lines:
        out.note(line, "key of the desk, compare it with one you got elsewhere")
        if wanted and line.strip() != wanted.strip():
            out.fault(KEYS, "is not the key you named")
    try:
        return [public_key(line) for line in lines]
    except NoCheckpoint:
        out.fault(KEYS, "not readable")
        return []


def check_note(package: zipfile.ZipFile, name: str, keys: list[bytes], out: Checked) -> Note | None:
    """Check the signature of a checkpoint; note its time. Return it, or None where it does not hold."""
    try:
        text = package.read(name).decode()
        body, signatures = parts_of(text)
        note = read(text)
    except (NoCheckpoint, KeyError, UnicodeDecodeError):
        out.fault(name, "not readable")
        return None
    if note.text != text or note.body != body or signed_by(body, signatures, keys) is None:
        out.fault(name, "signature does not hold")
        return None
    out.note(f"{name}, {note.said(TIME)}", "signed by the desk")
    return note


def check_captures(
    package: zipfile.ZipFile, items: list[Any], heads: dict[int, str], shown: dict[int, int], out: Checked, key: str
) -> None:
    """Check the checkpoints that anchor the chain of captures, and say which captures none of them covers.

    ``shown`` are the captures in the package, each with the last link that follows from it.
    """
    keys, anchored = keys_of(package, out, key), []
    for item in items:
        note = check_note(package, item["note"], keys, out)
        if note is not None and note.said("captures") == f"{item['number']}:{heads.get(item['number'], '')}":
            anchored.append(int(item["number"]))
        elif note is not None:
            out.fault(item["note"], "chain does not follow")
    names = {name for name in package.namelist() if name.startswith("proof/checkpoint-") or name == KEYS}
    for name in names - {item["note"] for item in items} - ({KEYS} if items else set()):
        out.fault(name, "does not belong here")
    for number, last in shown.items():
        if key and not any(number <= each <= last for each in anchored):
            out.fault(f"{CHAIN} {number}", "no checkpoint covers this")


def check_token(package: zipfile.ZipFile, name: str, message: bytes, out: Checked, root: str) -> bool:
    """Check the timestamp on a signed text, and note its time and its root certificate."""
    try:
        pem = package.read(f"{name}.pem").decode()
        at, path = stamp(package.read(f"{name}.tsr"), message, certificates(pem))
    except Broken as problem:
        out.fault(f"{name}.tsr", str(problem))
        return False
    prints = [one.fingerprint for one in path]
    if root and root not in prints:
        out.fault(f"{name}.tsr", "does not lead to the root you named")
    shown = re.sub(r"(....)(..)(..)(..)(..)(..)", r"\1-\2-\3 \4:\5:\6 UTC", at)
    out.note(shown, "stamped")
    out.note(prints[-1], "root certificate, compare it with one you got elsewhere")
    return True
