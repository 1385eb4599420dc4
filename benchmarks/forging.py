"""Ways to tamper with a package of captures, each as it is and with what depends on it recomputed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.repacking import CHAIN, DIGEST, LIST, ON_FILES, ON_ZIP, ONLY_AS_IT_IS, PAGES, hashes, relinked
from sources.archive import records, trust, wacz
from sources.archive.records import Record

Stamp = Callable[[str], tuple[bytes, bytes]]


@dataclass
class Package:
    """The files of a package, and its archive taken apart: a list of compressed records for each capture."""

    files: dict[str, bytes]
    fetches: list[list[bytes]] = field(default_factory=list)
    untouched: set[bytes] = field(default_factory=set)

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Take a package apart."""
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            made = cls({name: package.read(name) for name in package.namelist()})
        archive = made.files[wacz.ARCHIVE]
        starts = [link["at"]["offset"] for link in made.shown()] if CHAIN in made.files else []
        for one in records.records(wacz.ARCHIVE, io.BytesIO(archive)):
            if not made.fetches or one.offset in starts:
                made.fetches.append([])
            made.fetches[-1].append(archive[one.offset : one.offset + one.length])
        made.untouched = {member for fetch in made.fetches for member in fetch}
        return made

    def chain(self) -> dict[str, Any]:
        """Return the chain."""
        chain: dict[str, Any] = json.loads(self.files[CHAIN])
        return chain

    def shown(self) -> list[dict[str, Any]]:
        """Return the links of captures that are in the package."""
        return [link for segment in self.chain()["segments"] for link in segment["links"] if "facts" in link]

    def set_chain(self, chain: dict[str, Any]) -> None:
        """Put another chain in place."""
        self.files[CHAIN] = json.dumps(chain, ensure_ascii=False, indent=1).encode()

    def archive(self) -> None:
        """Put the records together again."""
        self.files[wacz.ARCHIVE] = b"".join(member for fetch in self.fetches for member in fetch)

    def redigest(self) -> None:
        """Have metadata and revisits say the digests that records have by now, unless they are the forged ones."""
        every = [next(records.records("", io.BytesIO(member))) for fetch in self.fetches for member in fetch]
        known = {one.id: one for one in every}
        for fetch in self.fetches[1:]:
            for place, member in enumerate(fetch):
                one = next(records.records("", io.BytesIO(member)))
                about = known.get(one.said("warc-concurrent-to") or one.said("warc-refers-to"))
                if about is not None and one.kind in {"metadata", "revisit"} and member in self.untouched:
                    fetch[place] = rewritten(member, _told(about))

    def rehash(self) -> None:
        """Recompute the list of files and its digest."""
        listed = json.loads(self.files[LIST])
        resources = {item["path"]: item for item in listed["resources"]}
        listed["resources"] = [
            {
                "name": resources.get(name, {}).get("name", name.rpartition("/")[2].lower()),
                "path": name,
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "bytes": len(data),
            }
            for name, data in self.files.items()
            if name not in {LIST, DIGEST}
        ]
        self.files[LIST] = json.dumps(listed, ensure_ascii=False, indent=2).encode()
        digest = {"path": LIST, "hash": f"sha256:{hashlib.sha256(self.files[LIST]).hexdigest()}"}
        self.files[DIGEST] = json.dumps(digest, indent=2).encode()

    def reindex(self) -> None:
        """Recompute index and list of pages, as the packer makes them."""
        written = wacz.archive((b"".join(fetch) for fetch in self.fetches[1:]), io.BytesIO())
        shift = sum(map(len, self.fetches[0])) - (written.offsets[0] if written.offsets else 0)
        again = wacz.Written(written.offsets, [_moved(line, shift) for line in written.index], written.pages)
        out = io.BytesIO()
        wacz.pack(out, io.BytesIO(), again, title="", proof={})
        with zipfile.ZipFile(out) as package:
            self.files |= {name: package.read(name) for name in (wacz.INDEX, wacz.BLOCKS, PAGES)}

    def rechain(self) -> None:
        """Recompute the facts of the captures and the hashes of the chain."""
        chain = self.chain()
        offset = sum(map(len, self.fetches[0]))
        shown = [link for segment in chain["segments"] for link in segment["links"] if "facts" in link]
        for link, fetch in zip(shown, self.fetches[1:], strict=False):
            data = b"".join(fetch)
            facts = json.loads(link["facts"])
            facts |= {"records_sha256": hashlib.sha256(data).hexdigest(), "records_bytes": len(data)}
            link["facts"] = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            link["digest"] = hashlib.sha256(link["facts"].encode()).hexdigest()
            link["at"]["offset"] = offset
            offset += len(data)
        self.set_chain(relinked(chain))

    def restamp(self, stamp: Stamp) -> None:
        """Have the heads of the chain stamped by somebody else."""
        chain = self.chain()
        for item in chain["stamps"]:
            head = _heads(chain)[item["number"]]
            token, pem = stamp(head)
            item["stamped_at"], _way = trust.stamp(token, head.encode(), trust.certificates(pem.decode()))
            self.files |= {item["token"]: token, item["certificates"]: pem}
        self.set_chain(chain)

    def packed(self, compression: int = zipfile.ZIP_STORED) -> bytes:
        """Return the package as a file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", compression) as package:
            for name, data in self.files.items():
                package.writestr(zipfile.ZipInfo(name), data, compression)
        return out.getvalue()


def tamperings(package: bytes, stamp: Stamp) -> Iterator[tuple[str, bytes]]:
    """Return every tampering by its name, and the package that comes of it."""
    for name, change in ON_ZIP.items():
        yield name, change(package)
    for name, alter in ON_FILES.items():
        for again in (False, True) if name not in ONLY_AS_IT_IS else (False,):
            made = Package.of(package)
            alter(made.files)
            if again:
                made.rehash()
            yield f"{name}{', hashes recomputed' if again else ''}", made.packed()
    for name, damage in ON_RECORDS.items():
        for level, words in enumerate(LEVELS):
            made = Package.of(package)
            damage(made)
            yield f"{name}{words}", settled(made, level).packed()
    yield from forgeries(package, stamp)


def settled(made: Package, level: int) -> Package:
    """Recompute what depends on the records of a package, up to a level."""
    if level >= 3:
        made.redigest()
        made.rechain()
    made.archive()
    if level >= 2:
        made.reindex()
    if level >= 1:
        made.rehash()
    return made


def forgeries(package: bytes, stamp: Stamp) -> Iterator[tuple[str, bytes]]:
    """Return the packages of somebody who has made everything anew, the stamps too, or left them out."""
    for how in ("stamps dropped", "stamps of another authority"):
        made = Package.of(package)
        change_payload(made)
        settled(made, 3)
        if how == "stamps dropped":
            chain = made.chain()
            made.files = {name: data for name, data in made.files.items() if not name.startswith("proof/stamp-")}
            made.set_chain(chain | {"stamps": []})
        else:
            made.restamp(stamp)
        made.rehash()
        yield f"payload changed, everything recomputed, {how}", made.packed()


LEVELS = (
    "",
    ", hashes recomputed",
    ", hashes, index and pages recomputed",
    ", hashes, index, pages and chain recomputed",
)


def rewritten(member: bytes, change: Callable[[Record, dict[str, str]], bytes], *, redo: bool = True) -> bytes:
    """Return a record with other headers and another block; its own digests recomputed on request."""
    one = next(records.records("", io.BytesIO(member)))
    text = gzip.decompress(member).partition(b"\r\n\r\n")[0].decode()
    version, *lines = text.split("\r\n")
    head = dict(line.split(": ", 1) for line in lines)
    block = change(one, head)
    head["Content-Length"] = str(len(block))
    if redo and block != one.block:
        head["WARC-Block-Digest"] = _sha1(block)
        if "WARC-Payload-Digest" in head and one.kind != "revisit":
            head["WARC-Payload-Digest"] = _sha1(block.partition(b"\r\n\r\n")[2] or block)
    again = "\r\n".join([version, *(f"{name}: {value}" for name, value in head.items())]).encode()
    return gzip.compress(again + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


def _each(made: Package, kind: str) -> Iterator[tuple[list[bytes], int, Record]]:
    """Return every record of a kind, and where it is."""
    for fetch in made.fetches[1:]:
        for place, member in enumerate(fetch):
            one = next(records.records("", io.BytesIO(member)))
            if one.kind == kind:
                yield fetch, place, one


def _first(
    kind: str, change: Callable[[Record, dict[str, str]], bytes], *, redo: bool = True
) -> Callable[[Package], None]:
    """Return a tampering that changes the first record of a kind."""

    def damage(made: Package) -> None:
        fetch, place, _one = next(_each(made, kind))
        fetch[place] = rewritten(fetch[place], change, redo=redo)

    return damage


def _header(name: str, value: Callable[[str], str]) -> Callable[[Record, dict[str, str]], bytes]:
    """Return a change of one header."""

    def change(one: Record, head: dict[str, str]) -> bytes:
        head[name] = value(head[name])
        return one.block

    return change


def _words(one: Record, _head: dict[str, str]) -> bytes:
    return one.block.replace(b"Monday", b"Sunday")


def _byte(one: Record, _head: dict[str, str]) -> bytes:
    return one.block[:-20] + bytes([one.block[-20] ^ 1]) + one.block[-19:]


def _told(about: Record) -> Callable[[Record, dict[str, str]], bytes]:
    """Return the change of a record that says digests of another."""

    def change(one: Record, head: dict[str, str]) -> bytes:
        if one.kind == "revisit" and about.kind != "revisit":
            head["WARC-Payload-Digest"] = _sha1(about.payload)
        block = re.sub(rb"block-sha256: \w+", b"block-sha256: " + _sha256(about.block), one.block)
        if about.kind == "revisit":
            return block
        return re.sub(rb"payload-sha256: \w+", b"payload-sha256: " + _sha256(about.payload), block)

    return change


change_payload = _first("response", _words)


def _drop(*kinds: str, whole: bool = False) -> Callable[[Package], None]:
    """Return a tampering that deletes the records of the fetch that a revisit points to."""

    def damage(made: Package) -> None:
        _fetch, _place, revisit = next(_each(made, "revisit"))
        fetch, place, _one = next(
            item for item in _each(made, "response") if item[2].id == revisit.said("warc-refers-to")
        )
        if whole:
            fetch.clear()
        else:
            gone = [number for kind in kinds for each, number, _record in _each(made, kind) if each is fetch]
            for number in sorted({place, *gone} if "response" in kinds else set(gone), reverse=True):
                del fetch[number]

    return damage


def _swap(made: Package) -> None:
    made.fetches[1], made.fetches[2] = made.fetches[2], made.fetches[1]


def _insert(made: Package) -> None:
    def renamed(one: Record, head: dict[str, str]) -> bytes:
        head["WARC-Record-ID"] = "<urn:uuid:00000000-0000-4000-8000-000000000000>"
        return one.block.replace(b"Monday", b"Friday")

    fetch, place, _one = next(_each(made, "response"))
    fetch.append(rewritten(fetch[place], renamed))


def _twice(made: Package) -> None:
    fetch, place, _one = next(_each(made, "response"))
    fetch.append(fetch[place])


def _of_others(made: Package) -> None:
    """Exchange the blocks of two responses, headers included, as if one page had said what another did."""
    (one, here, first), (other, there, second) = list(_each(made, "response"))[:2]
    one[here] = rewritten(one[here], lambda _one, _head: second.block)
    other[there] = rewritten(other[there], lambda _one, _head: first.block)


ON_RECORDS: dict[str, Callable[[Package], None]] = {
    "payload byte": _first("response", _byte, redo=False),
    "payload words, record's digests recomputed": change_payload,
    "WARC-Date of a response": _first("response", _header("WARC-Date", lambda date: "2019" + date[4:])),
    "WARC-Date of a revisit": _first("revisit", _header("WARC-Date", lambda date: "2019" + date[4:])),
    "WARC-Target-URI": _first("response", _header("WARC-Target-URI", lambda url: url + "?other")),
    "WARC-IP-Address": _first("response", _header("WARC-IP-Address", lambda _ip: "192.0.2.9")),
    "request": _first("request", lambda one, _head: one.block.replace(b"GET", b"PUT")),
    "metadata": _first("metadata", lambda one, _head: one.block.replace(b"ip-address: 127", b"ip-address: 192")),
    "status line": _first("response", lambda one, _head: one.block.replace(b" 200 ", b" 404 ", 1)),
    "pasted text": _first("resource", lambda one, _head: one.block.replace(b"Nobody", b"Somebody")),
    "response deleted, a revisit dangles": _drop("response"),
    "request deleted": _drop("request"),
    "metadata deleted": _drop("metadata"),
    "all records of a fetch deleted": _drop(whole=True),
    "record inserted": _insert,
    "record doubled": _twice,
    "fetches in another order": _swap,
    "blocks of two responses exchanged": _of_others,
    "revisit's digest": _first("revisit", _header("WARC-Payload-Digest", lambda _digest: _sha1(b"other"))),
    "revisit refers to nothing": _first("revisit", _header("WARC-Refers-To", lambda _id: "<urn:uuid:0>")),
    "revisit refers to another time": _first("revisit", _header("WARC-Refers-To-Date", lambda date: "2019" + date[4:])),
    "revisit refers to another page": _first("revisit", _header("WARC-Refers-To-Target-URI", lambda url: url + "x")),
    "revisit made a response": _first("revisit", _header("WARC-Type", lambda _type: "response")),
}


def _sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()  # noqa: S324 -- as warcio writes it


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _moved(line: str, shift: int) -> str:
    """Return a line of an index for an archive that begins with something of another length."""
    return re.sub(r'"offset": "(\d+)"', lambda found: f'"offset": "{int(found[1]) + shift}"', line)


def _heads(chain: dict[str, Any]) -> dict[int, str]:
    return {
        number: made for segment in chain["segments"] for number, made in enumerate(hashes(segment), segment["first"])
    }
