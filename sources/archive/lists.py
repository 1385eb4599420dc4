"""The lists in an evidence package, written and checked: files, index (CDXJ) and pages."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from sources.archive.records import HEADERS, SHOWS, Record, unpacked
from sources.archive.verifier_messages import Checked

PACKAGE, DIGEST, PAGES, CHAIN = "datapackage.json", "datapackage-digest.json", "pages/pages.jsonl", "proof/chain.json"
ARCHIVE, INDEX, BLOCKS = "archive/captures.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"
HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}

# What a package of ours holds, exactly: players open archives, indexes and pages under other names as well.
FILES = re.compile(
    rf"{re.escape(PACKAGE)}|{re.escape(DIGEST)}|{re.escape(PAGES)}|{re.escape(CHAIN)}|{re.escape(ARCHIVE)}"
    rf"|{re.escape(INDEX)}|{re.escape(BLOCKS)}"
    r"|proof/(verify\.py|copies\.json|brought\.json|keys\.txt|README\.[a-z]{2}\.txt|stamp-[0-9]+\.(tsr|pem)|checkpoint-[0-9]+\.txt)"
)
# What its list of files says, and what the first record of its archive.
SAYS = {"profile", "wacz_version", "title", "created", "software", "resources"}
SAYS_OF_ONE = {"name", "path", "hash", "bytes"}
INFO = re.compile(rb"software: [^\r\n]*\r\nformat: [^\r\n]*\r\n")
_WWW = re.compile(r"^www\d*\.")
_PORT = re.compile(r":\d*$")


def surt(url: str) -> str:
    """Return an address in the form that indexes are sorted by, host first, as replay looks it up."""
    read = urlsplit(url)
    if read.scheme not in {"http", "https"}:
        return url.replace(" ", "%20")
    host = ",".join(reversed(_WWW.sub("", _PORT.sub("", read.netloc.lower())).split(".")))
    port = f":{read.port}" if read.port and (read.scheme, read.port) not in {("http", 80), ("https", 443)} else ""
    query = "?" + "&".join(sorted(read.query.lower().split("&"))) if read.query else ""
    return f"{host}{port}){read.path.lower() or '/'}{query}"


def index_line(one: Record, start: int = 0) -> str:
    """Return the line of an index (CDXJ) about a record whose offset is counted from so far into the archive."""
    entry = {
        "url": one.url,
        "mime": one.mime,
        "status": one.status,
        "digest": one.said("warc-payload-digest"),
        "length": str(one.length),
        "offset": str(start + one.offset),
        "filename": one.place.rpartition("/")[2],
    }
    return f"{surt(one.url)} {re.sub(r'[^0-9]', '', one.date)[:14]} {json.dumps(entry, ensure_ascii=False)}"


def page_line(one: Record) -> str:
    """Return the line of the list of pages about a record; without a title, because nothing would prove it."""
    page = {"id": one.id.strip("<>").rpartition(":")[2], "url": one.url, "ts": f"{one.date[:19]}Z"}
    return json.dumps(page, ensure_ascii=False)


def digest_of(package: zipfile.ZipFile, name: str) -> tuple[str, int]:
    """Return the hash and the size of a file, which is read piece by piece."""
    digest, size = hashlib.sha256(), 0
    with package.open(name) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def digest_between(package: zipfile.ZipFile, name: str, start: int, end: int) -> str:
    """Return the hash of a part of a file, or of as much of it as is there."""
    digest, left = hashlib.sha256(), end - start
    with stored(package, name) as file:
        file.seek(start)
        while left > 0 and (piece := file.read(min(left, 1 << 20))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def stored(package: zipfile.ZipFile, name: str) -> BinaryIO:
    """Open a file of a package. One that is not compressed is read where it lies: to go back in it takes no time."""
    entry = package.getinfo(name)
    if entry.compress_type or package.filename is None:
        return cast("BinaryIO", package.open(name))
    package.open(name).close()  # checks that the entry is what the directory says
    return cast("BinaryIO", io.BufferedReader(Slice(package.filename, entry)))


class Slice(io.RawIOBase):
    """A file of a package that is not compressed, read from the file of the package."""

    def __init__(self, path: str, entry: zipfile.ZipInfo) -> None:
        self._file = Path(path).open("rb")  # noqa: SIM115 -- ``close`` closes it
        self._file.seek(entry.header_offset + 26)
        lengths = int.from_bytes(self._file.read(2), "little"), int.from_bytes(self._file.read(2), "little")
        self._start, self._size, self._at = entry.header_offset + 30 + sum(lengths), entry.file_size, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that one can go back in it."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._at = max({io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes into a buffer."""
        self._file.seek(self._start + self._at)
        piece = self._file.read(min(len(buffer), max(self._size - self._at, 0)))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file of the package."""
        self._file.close()
        super().close()


def sha256(data: bytes) -> str:
    """Return a hash as lists name it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def check_ours(package: zipfile.ZipFile, listed: dict[str, Any], out: Checked) -> None:
    """Check that a package of ours has no file, and its list of files no key, that we would not write."""
    for name in package.namelist():
        if not FILES.fullmatch(name):
            out.fault(name, "does not belong here")
    if listed.keys() - SAYS or any(item.keys() - SAYS_OF_ONE for item in listed["resources"]):
        out.fault(PACKAGE, "does not belong here")


def is_beginning(one: Record) -> bool:
    """Return whether this is the record that an archive of ours begins with, which says who wrote it."""
    is_first = one.kind == "warcinfo" and one.offset == 0 and not one.url
    return is_first and one.size - one.before <= HEADERS and INFO.fullmatch(one.block) is not None


def check_index(package: zipfile.ZipFile, found: list[Record], out: Checked, *, ours: bool) -> None:
    """Check that the indexes name what the archive shows, each record where it is, and no more; ours to the letter."""
    places = {(one.place.rpartition("/")[2], one.offset): one for one in found}
    indexed: set[tuple[str, Record | None]] = set()
    for name in package.namelist():
        if not re.fullmatch(r"indexes/.*\.cdxj?(\.gz)?", name):
            continue
        data = package.read(name)
        lines = (unpacked(name, data) if name.endswith(".gz") else data).decode().splitlines()
        for line in lines if ours else [line for line in lines if not line.startswith("!meta")]:
            entry = json.loads(line.split(" ", 2)[2])
            one = places.get((entry["filename"], int(entry["offset"])))
            same = one is not None and (one.is_shown and line == index_line(one) if ours else _is_about(line, one))
            if not same or (name, one) in indexed:
                out.fault(name, "index does not match the records")
            indexed.add((name, one))
        if ours and lines != sorted(lines):  # a player uses binary search, and would miss some
            out.fault(name, "index does not match the records")
    for one in set(found) - {one for _name, one in indexed}:
        if one.is_shown:
            out.fault(one.where, "not in the index")


def _is_about(line: str, one: Record) -> bool:
    """Return whether a line of an index is about a record as it is."""
    _key, at, item = line.split(" ", 2)
    entry, digest = json.loads(item), one.said("warc-payload-digest")
    return (
        one.kind != "warcinfo"
        and (one.url, one.length) == (entry["url"], int(entry["length"]))
        and re.sub(r"\D", "", one.date)[:14] == at[:14]
        and entry.get("digest", digest) in {digest, digest.rpartition(":")[2]}
        and str(entry.get("status", "-")) in {one.status, "-"}
        and entry.get("mime", "-").lower() in {one.mime, "warc/revisit", "unk", "-"}
    )


def check_blocks(package: zipfile.ZipFile, out: Checked) -> None:
    """Check that the index of an index names its blocks as they are (cdxj-gzip-1.0)."""
    for name in [name for name in package.namelist() if re.fullmatch(r"indexes/.*\.idx", name)]:
        first, *lines = package.read(name).decode().splitlines()
        data = package.read("indexes/" + json.loads(first.split(" ", 2)[2])["filename"])
        at = 0
        for line in lines:
            key, item = re.split(r" (?=\{)", line, maxsplit=1)
            about = json.loads(item)
            block = data[at : at + about["length"]]
            same = about["offset"] == at and about.get("digest", sha256(block)) == sha256(block)
            if not same or not unpacked(name, block).decode().startswith(key + " "):
                out.fault(name, "index does not match the records")
            at += about["length"]
        if at != len(data):
            out.fault(name, "index does not match the records")


def check_pages(package: zipfile.ZipFile, found: list[Record], out: Checked, *, ours: bool) -> None:
    """Check that the archive holds every page that the list of pages names; ours to the letter."""
    seen = {(one.url, one.date[:19]) for one in found if one.kind in SHOWS}
    written = {page_line(one) for one in found if one.is_shown}
    first, *lines = package.read(PAGES).decode().splitlines()
    header = json.loads(first)
    if header != HEADER if ours else header.get("format") != HEADER["format"]:
        out.fault(PAGES, "not readable")
    for line in lines:
        page = json.loads(line or "{}")
        if line not in written if ours else page and (page["url"], page["ts"][:19]) not in seen:
            out.fault(PAGES, "page is not in the archive")
