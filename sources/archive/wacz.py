"""Write evidence packages (WACZ 1.1.1): records, index, page list, and the files of the proof with a verifier."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sources.archive import case_check, checkpoints, growth, lists, records, trust, verifier_messages, verify, warc
from sources.archive.lists import ARCHIVE, BLOCKS, DIGEST, HEADER, INDEX, PACKAGE, PAGES
from workbench.transparency import commitments, ed25519, merkle, signed_note

VERSION = "1.1.1"
SOFTWARE = f"{warc.SOFTWARE} 0.1"
LINES_A_BLOCK = 300
CHUNK, LARGE = 1 << 20, 1 << 31
ENOUGH = 1 << 12  # bytes of a compressed record in which its headers end
LENGTH = re.compile(rb"(?i)(?<=\n)content-length: *[0-9]+(?=\r|$)")
HEAD = "#!/usr/bin/env python3\nfrom __future__ import annotations"
_IMPORT = re.compile(r"^from ((sources|workbench)\..*|__future__) import (\([^)]*\)|.*)\n", re.MULTILINE)


@dataclass
class Written:
    """What has been written of an archive: where each fetch begins, its index and its pages."""

    offsets: list[int] = field(default_factory=list)
    index: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LargePiece:
    """The compressed record of a large file, as it is in our archive: read in pieces, and never whole in memory."""

    length: int
    pieces: Iterator[bytes]


def archive(pieces: Iterable[bytes | LargePiece], out: BinaryIO) -> Written:
    """Write the records of fetches, as they are in our archive, into one WARC file. Raises ``trust.Broken``.

    The page of a fetch is what it ended with, or what a browser made another page of: its parts come behind it.
    An answer "not modified" is in the archive, but not in the index and the list of pages: players would show it as an
    empty page, and the page it speaks of is in there.
    """
    written = Written()
    name = ARCHIVE.rpartition("/")[2]
    out.write(warc.started(name))
    for piece in pieces:
        offset = out.tell()
        found = _copied(name, piece, out) if isinstance(piece, LargePiece) else _whole(name, piece, out)
        shown = [one for one in found if one.is_shown]
        made_of = {one.said("warc-refers-to") for one in found if one.kind == "conversion"}
        written.offsets.append(offset)
        written.index += [lists.index_line(one, offset) for one in shown]
        written.pages += [lists.page_line(one) for one in [one for one in shown if one.id in made_of] or shown[-1:]]
    return written


def _whole(name: str, piece: bytes, out: BinaryIO) -> list[records.Record]:
    """Write the records of a fetch and return them."""
    found = list(records.records(name, io.BytesIO(piece)))
    out.write(piece)
    return found


def _copied(name: str, piece: LargePiece, out: BinaryIO) -> list[records.Record]:
    """Write a large record; return it without its block, which neither the index nor the list of pages names.

    A file that begins like an answer of a server is taken for one by readers: then its whole block counts.
    """
    first = b""
    while len(first) < ENOUGH and (more := next(piece.pieces, b"")):
        first += more
    head, _end, block = zlib.decompressobj(31).decompress(first, 1 << 16).partition(records.END)
    if block.startswith(b"HTTP/"):
        return _whole(name, first + b"".join(piece.pieces), out)
    out.write(first)
    out.writelines(piece.pieces)
    record = records.Record(name, 0, LENGTH.sub(b"Content-Length: 0", head))
    record.length = piece.length
    return [record]


def pack(out: BinaryIO, source: BinaryIO, written: Written, *, title: str, proof: Mapping[str, bytes]) -> None:
    """Write a package of a WARC file, its index and pages, and the files of ``proof``, by their names, beside it.

    Everything is stored as it is, so that hashes can be taken without anything but ``unzip``.
    """
    created = datetime.now(UTC)
    index, blocks = _compressed(sorted(written.index))
    pages = "".join(f"{line}\n" for line in [json.dumps(HEADER), *written.pages])
    files = {INDEX: index, BLOCKS: blocks, PAGES: pages.encode()}
    files |= {f"proof/{name}": data for name, data in proof.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        large = source.seek(0, io.SEEK_END) > LARGE
        source.seek(0)
        with package.open(_entry(ARCHIVE, created), "w", force_zip64=large) as target:
            sha256, size = _copy(source, target)
        resources = [_resource(ARCHIVE, sha256, size)]
        for path, data in files.items():
            package.writestr(_entry(path, created), data)
            resources.append(_resource(path, hashlib.sha256(data).hexdigest(), len(data)))
        listed = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "created": f"{created:%Y-%m-%dT%H:%M:%SZ}",
            "software": SOFTWARE,
            "resources": resources,
        }
        text = json.dumps(listed, ensure_ascii=False, indent=2).encode()
        package.writestr(_entry(PACKAGE, created), text)
        digest = {"path": PACKAGE, "hash": lists.sha256(text)}
        package.writestr(_entry(DIGEST, created), json.dumps(digest, indent=2))


def verifier() -> bytes:
    """Return our verifier as one file that needs nothing but Python: its modules, one after the other."""
    of_logs = (merkle, commitments, ed25519, signed_note)
    modules = (*of_logs, trust, records, verifier_messages, lists, checkpoints, case_check, growth, verify)
    texts = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules]
    return "\n\n".join([HEAD, *(_IMPORT.sub("", text) for text in texts)]).encode()


def _compressed(lines: list[str]) -> tuple[bytes, bytes]:
    """Return an index in compressed blocks, and the index of these blocks."""
    index = b""
    blocks = ["!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": INDEX.rpartition("/")[2]})]
    for start in range(0, len(lines), LINES_A_BLOCK):
        block = gzip.compress("".join(f"{line}\n" for line in lines[start : start + LINES_A_BLOCK]).encode(), mtime=0)
        about = {"offset": len(index), "length": len(block), "digest": lists.sha256(block)}
        blocks.append(f"{lines[start].rsplit(' {', 1)[0]} {json.dumps(about)}")
        index += block
    return index, ("\n".join(blocks) + "\n").encode()


def _entry(path: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, at.timetuple()[:6])
    entry.external_attr = 0o644 << 16
    return entry


def _copy(source: BinaryIO, target: Any) -> tuple[str, int]:
    made, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        target.write(piece)
        made.update(piece)
        size += len(piece)
    return made.hexdigest(), size


def _resource(path: str, sha256: str, size: int) -> dict[str, Any]:
    name = path.rpartition("/")[2].lower()
    return {"name": name, "path": path, "hash": f"sha256:{sha256}", "bytes": size}
