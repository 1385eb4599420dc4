"""Pack records of the archive as WACZ 1.1.1, with what it takes to check them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from sources.archive import records, trust, verify, warc
from sources.archive.records import Record

VERSION = "1.1.1"
SOFTWARE = f"{warc.SOFTWARE} 0.1"
ARCHIVE = "archive/captures.warc.gz"
INDEX, BLOCKS = "indexes/index.cdx.gz", "indexes/index.idx"
LINES_A_BLOCK = 300
HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
CHUNK, LARGE = 1 << 20, 1 << 31
HEAD = "#!/usr/bin/env python3\nfrom __future__ import annotations"
_IMPORT = re.compile(r"^from (sources\..*|__future__) import .*\n", re.MULTILINE)
_WWW = re.compile(r"^www\d*\.")


@dataclass
class Written:
    """What has been written of an archive: where each fetch begins, its index and its pages."""

    offsets: list[int] = field(default_factory=list)
    index: list[str] = field(default_factory=list)
    pages: list[dict[str, str]] = field(default_factory=list)


def archive(pieces: Iterable[bytes], out: BinaryIO) -> Written:
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
        found = list(records.records(name, io.BytesIO(piece)))
        shown = [one for one in found if one.is_shown]
        made_of = {one.said("warc-refers-to") for one in found if one.kind == "conversion"}
        out.write(piece)
        written.offsets.append(offset)
        written.index += [_indexed(one, offset) for one in shown]
        written.pages += [_page(one) for one in [one for one in shown if one.id in made_of] or shown[-1:]]
    return written


def pack(out: BinaryIO, source: BinaryIO, written: Written, *, title: str, proof: Mapping[str, bytes]) -> None:
    """Write a package of a WARC file, its index and pages, and the files of ``proof``, by their names, beside it.

    Everything is stored as it is, so that hashes can be taken without anything but ``unzip``.
    """
    created = datetime.now(UTC)
    index, blocks = _compressed(sorted(written.index))
    pages = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [HEADER, *written.pages])
    files = {INDEX: index, BLOCKS: blocks, "pages/pages.jsonl": pages.encode()}
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
        package.writestr(_entry("datapackage.json", created), text)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(text).hexdigest()}"}
        package.writestr(_entry("datapackage-digest.json", created), json.dumps(digest, indent=2))


def verifier() -> bytes:
    """Return our verifier as one file that needs nothing but Python: its three modules, one after the other."""
    texts = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in (trust, records, verify)]
    return "\n\n".join([HEAD, *(_IMPORT.sub("", text) for text in texts)]).encode()


def _page(one: Record) -> dict[str, str]:
    """Return the line of the list of pages about a record; without a title, for nothing would prove it."""
    return {"id": one.id.strip("<>").rpartition(":")[2], "url": one.url, "ts": f"{one.date[:19]}Z"}


def _indexed(one: Record, start: int) -> str:
    """Return the line of an index (CDXJ) about a record that lies so far into the archive."""
    entry = {
        "url": one.url,
        "mime": one.mime,
        "status": one.status,
        "digest": one.said("warc-payload-digest"),
        "length": str(one.length),
        "offset": str(start + one.offset),
        "filename": ARCHIVE.rpartition("/")[2],
    }
    return f"{surt(one.url)} {re.sub(r'[^0-9]', '', one.date)[:14]} {json.dumps(entry, ensure_ascii=False)}\n"


def surt(url: str) -> str:
    """Return an address in the form that indexes are sorted by, host first, as replay looks it up."""
    read = urlsplit(url)
    if read.scheme not in {"http", "https"}:
        return url.replace(" ", "%20")
    host = ",".join(reversed(_WWW.sub("", read.netloc.lower()).partition(":")[0].split(".")))
    port = f":{read.port}" if read.port and (read.scheme, read.port) not in {("http", 80), ("https", 443)} else ""
    query = "?" + "&".join(sorted(read.query.lower().split("&"))) if read.query else ""
    return f"{host}{port}){read.path.lower() or '/'}{query}"


def _compressed(lines: list[str]) -> tuple[bytes, bytes]:
    """Return an index in compressed blocks, and the index of these blocks."""
    index = b""
    blocks = ["!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": INDEX.rpartition("/")[2]})]
    for start in range(0, len(lines), LINES_A_BLOCK):
        block = gzip.compress("".join(lines[start : start + LINES_A_BLOCK]).encode(), mtime=0)
        digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
        about = {"offset": len(index), "length": len(block), "digest": digest}
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
