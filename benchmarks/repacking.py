"""Ways to tamper with the files of a package of captures, and with the ZIP file around them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

Files = dict[str, bytes]
Alter = Callable[[Files], None]

LIST, DIGEST, PAGES, CHAIN = "datapackage.json", "datapackage-digest.json", "pages/pages.jsonl", "proof/chain.json"
ARCHIVE, INDEX, BLOCKS = "archive/captures.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"

OTHER = "http://other.example/"
FIRST_KEY = "!,other)/"  # of an index: before all that are true


def hashes(segment: dict[str, Any]) -> Iterator[str]:
    """Return the hash of every link of a part of a chain."""
    previous = segment["previous"]
    for link in segment["links"]:
        previous = hashlib.sha256((previous + link["digest"]).encode()).hexdigest()
        yield previous


def relinked(chain: dict[str, Any]) -> dict[str, Any]:
    """Recompute the hashes of a chain; its start stays."""
    for segment in chain["segments"]:
        segment["head"] = next(reversed([segment["previous"], *hashes(segment)]))
    return chain


def _drop(name: str) -> Alter:
    def alter(files: Files) -> None:
        del files[name]

    return alter


def _put(name: str, data: bytes) -> Alter:
    def alter(files: Files) -> None:
        files[name] = data

    return alter


def _replace(name: str, old: bytes, new: bytes) -> Alter:
    def alter(files: Files) -> None:
        if old not in files[name]:
            raise ValueError(name)
        files[name] = files[name].replace(old, new, 1)

    return alter


def _foreign(files: Files) -> None:
    """Make a package that says nothing of where it is from."""
    for name in [name for name in files if name.startswith("proof/")]:
        del files[name]
    listed = json.loads(files[LIST])
    files[LIST] = json.dumps(listed | {"software": "another"}).encode()


def _signed(files: Files) -> None:
    digest = json.loads(files[DIGEST])
    said = {"hash": digest["hash"], "created": json.loads(files[LIST])["created"], "software": "x", "version": "0.1.0"}
    key = (
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2"
        "sxXs7LtkBoN79R9Q=="
    )
    files[DIGEST] = json.dumps(
        digest | {"signedData": said | {"signature": "A" * 86 + "==", "publicKey": key}}
    ).encode()


def _line(change: Callable[[str, dict[str, Any]], str], *, blocks: bool = True) -> Alter:
    """Return a change of the first line of the index, with the index of its blocks made to fit."""

    def alter(files: Files) -> None:
        first, *others = gzip.decompress(files[INDEX]).decode().splitlines(keepends=True)
        key, item = re.split(r" (?=\{)", first.rstrip("\n"), maxsplit=1)
        index = gzip.compress((change(key, json.loads(item)) + "".join(others)).encode(), mtime=0)
        files[INDEX] = index
        if blocks:
            head = re.split(r" (?=\{)", gzip.decompress(index).decode().partition("\n")[0], maxsplit=1)[0]
            about = {"offset": 0, "length": len(index), "digest": f"sha256:{hashlib.sha256(index).hexdigest()}"}
            meta = files[BLOCKS].decode().partition("\n")[0]
            files[BLOCKS] = f"{meta}\n{head} {json.dumps(about)}\n".encode()

    return alter


def _entry(**changes: str) -> Alter:
    return _line(lambda key, item: f"{key} {json.dumps(item | changes)}\n")


def _disguised(files: Files) -> None:
    """Add a page as a record that says who wrote the file, which no stamp covers, and lead players to it."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Never said.</p>"
    head = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Target-URI": OTHER,
        "WARC-Date": "2024-01-01T00:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    text = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in head.items())]).encode()
    member = gzip.compress(text + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)
    place = {"length": str(len(member)), "offset": str(len(files[ARCHIVE])), "filename": "captures.warc.gz"}
    entry = {"url": OTHER, "mime": "text/html", "status": "200", **place}
    files[ARCHIVE] += member
    added = f"{FIRST_KEY} 20240101000000 {json.dumps(entry)}\n"
    _line(lambda key, item: f"{added}{key} {json.dumps(item)}\n")(files)


def _chain(change: Callable[[dict[str, Any]], None], *, again: bool = False) -> Alter:
    """Return a change of the chain, its hashes recomputed on request."""

    def alter(files: Files) -> None:
        chain = json.loads(files[CHAIN])
        change(chain)
        files[CHAIN] = json.dumps(relinked(chain) if again else chain, ensure_ascii=False, indent=1).encode()

    return alter


def _links(chain: dict[str, Any]) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = chain["segments"][0]["links"]
    return links


def _shown(chain: dict[str, Any]) -> dict[str, Any]:
    return next(link for link in _links(chain) if "facts" in link)


def _remove(which: Callable[[dict[str, Any]], bool]) -> Callable[[dict[str, Any]], None]:
    def change(chain: dict[str, Any]) -> None:
        links = _links(chain)
        links.remove(next(link for link in links if which(link)))

    return change


def _reorder(chain: dict[str, Any]) -> None:
    links = _links(chain)
    links[0], links[1] = links[1], links[0]


def _date(chain: dict[str, Any]) -> None:
    link = _shown(chain)
    link["facts"] = re.sub(r'"taken_at":"\d{4}', '"taken_at":"2019', link["facts"])
    link["digest"] = hashlib.sha256(link["facts"].encode()).hexdigest()


def _begin(chain: dict[str, Any]) -> None:
    chain["segments"][0]["previous"] = "0" * 64


def _hide(chain: dict[str, Any]) -> None:
    link = _shown(chain)
    del link["facts"], link["at"]


def _flip(part: str, place: int) -> Alter:
    """Return a change of one bit of the first file of stamps with an ending."""

    def alter(files: Files) -> None:
        name = next(name for name in files if name.endswith(part))
        data = bytearray(files[name])
        data[place] ^= 1
        files[name] = bytes(data)

    return alter


def _exchange(files: Files) -> None:
    one, other = [name for name in files if name.endswith(".tsr")][:2]
    files[one], files[other] = files[other], files[one]


def _without_root(files: Files) -> None:
    for name in [name for name in files if name.endswith(".pem")]:
        files[name] = files[name].partition(b"-----END CERTIFICATE-----\n")[0] + b"-----END CERTIFICATE-----\n"


def _backdated(files: Files) -> None:
    name = next(name for name in files if name.endswith(".tsr"))
    files[name] = re.sub(rb"\x18\x0f20(\d\d)", b"\x18\x0f2019", files[name], count=1)


ON_FILES: dict[str, Alter] = {
    "pages.jsonl missing": _drop(PAGES),
    "page added": lambda files: files.update(
        {PAGES: files[PAGES] + b'{"id":"x","url":"http://other.example/","ts":"2024-01-01T00:00:00Z"}\n'}
    ),
    "address of a page": _replace(PAGES, b"/same", b"/sane"),
    "time of a page": _replace(PAGES, b'"ts": "20', b'"ts": "19'),
    "page: title and text": _replace(PAGES, b'"ts": "', b'"title": "Never", "text": "Never said.", "ts": "'),
    "pages: more in another list": lambda files: files.update(
        {"pages/extraPages.jsonl": files[PAGES].replace(b"/same", b"/never")}
    ),
    "list of files: main page": lambda files: files.update(
        {LIST: json.dumps(json.loads(files[LIST]) | {"mainPageUrl": OTHER}).encode()}
    ),
    "list of files edited": _replace(LIST, b'"title": "', b'"title": "Not '),
    "list of files missing": _drop(LIST),
    "digest file dropped": _drop(DIGEST),
    "digest's hash": _replace(DIGEST, b'"hash": "sha256:', b'"hash": "sha256:0'),
    "invalid signature": _signed,
    "unlisted file": _put("proof/more.txt", b"more"),
    "unlisted archive": lambda files: files.update({"archive/more.warc.gz": files[ARCHIVE]}),
    "archive with a name in capitals": lambda files: files.update({"archive/MORE.WARC.GZ": files[ARCHIVE]}),
    "archive of another kind": _put("archive/more.arc.gz", b"filedesc://more.arc"),
    "page in a record that says who wrote the file": _disguised,
    "copies": _put("proof/copies.json", b'[{"url": "http://other.example/", "copy": "https://web.archive.org/never"}]'),
    "verifier edited": _replace("proof/verify.py", b"return 1 if", b"return 0 if"),
    "archive missing": _drop(ARCHIVE),
    "archive cut off": lambda files: files.update({ARCHIVE: files[ARCHIVE][:-100]}),
    "bytes behind the archive": lambda files: files.update({ARCHIVE: files[ARCHIVE] + b"more"}),
    "index missing": _drop(INDEX),
    "index: address": _entry(url="http://other.example/"),
    "index: offset": _entry(offset="0"),
    "index: length": _entry(length="1"),
    "index: status": _entry(status="404"),
    "index: kind": _entry(mime="image/png"),
    "index: digest": _entry(digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    "index: file": _entry(filename="more.warc.gz"),
    "index: time": _line(lambda key, item: f"{key[:-14]}20190101000000 {json.dumps(item)}\n"),
    "index: key": _line(lambda key, item: f"{FIRST_KEY} {key[-14:]} {json.dumps(item)}\n"),
    "index: digest left out": _line(
        lambda key, item: f"{key} {json.dumps({name: item[name] for name in item if name != 'digest'})}\n"
    ),
    "index: title": _entry(title="Never"),
    "index: another one": _put("indexes/more.cdx.gz", gzip.compress(b"!meta 0 {}\n", mtime=0)),
    "index: line deleted": _line(lambda _key, _item: ""),
    "index: line added": _line(lambda key, item: 2 * f"{key} {json.dumps(item)}\n"),
    "index: blocks do not fit": _line(lambda _key, _item: "", blocks=False),
    "chain missing": _drop(CHAIN),
    "all proof dropped": _foreign,
    "chain: link removed": _chain(_remove(lambda link: "facts" in link)),
    "chain: link removed, recomputed": _chain(_remove(lambda link: "facts" in link), again=True),
    "chain: link of another capture removed": _chain(_remove(lambda link: "facts" not in link)),
    "chain: link of another capture removed, recomputed": _chain(_remove(lambda link: "facts" not in link), again=True),
    "chain: links in another order": _chain(_reorder),
    "chain: links in another order, recomputed": _chain(_reorder, again=True),
    "chain: time of a capture": _chain(_date),
    "chain: time of a capture, recomputed": _chain(_date, again=True),
    "chain: facts hidden": _chain(_hide),
    "chain: part removed": _chain(lambda chain: chain["segments"].pop()),
    "chain: numbers moved": _chain(lambda chain: chain["segments"][0].update(first=2)),
    "chain: other beginning": _chain(lambda chain: chain["segments"][0].update(previous="0" * 64)),
    "chain: other beginning, recomputed": _chain(
        lambda chain: chain["segments"][0].update(previous="0" * 64), again=True
    ),
    "chain: head": _chain(lambda chain: chain["segments"][0].update(head="0" * 64)),
    "stamp: bit of the signature": _flip(".tsr", -5),
    "stamp: bit of the hash": _flip(".tsr", 100),
    "stamp: earlier": _backdated,
    "stamps exchanged": _exchange,
    "stamp: on another link": _chain(lambda chain: chain["stamps"][0].update(number=1)),
    "stamp: time beside it": _chain(lambda chain: chain["stamps"][0].update(stamped_at="2019-01-01T00:00:00Z")),
    "stamp: left out": _chain(lambda chain: chain["stamps"].pop()),
    "stamp: without root": _without_root,
    "stamp: certificate": _flip(".pem", 300),
    "stamp: no answer": lambda files: files.update({name: b"" for name in files if name.endswith(".tsr")}),
}

# With the hashes recomputed these are undone, or are what no stamp covers, as README and verifier say: title, copies.
ONLY_AS_IT_IS = {
    *("list of files edited", "list of files missing", "digest file dropped", "digest's hash", "invalid signature"),
    *("copies", "verifier edited"),
}


def _again(data: bytes, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], None]) -> bytes:
    """Return a package written once more, entry by entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as again:
        for name in package.namelist():
            change(again, zipfile.ZipInfo(name), package.read(name))
    return out.getvalue()


def _deflated(data: bytes) -> bytes:
    def change(again: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes) -> None:
        again.writestr(entry, content, zipfile.ZIP_DEFLATED if entry.filename == ARCHIVE else zipfile.ZIP_STORED)

    return _again(data, change)


def _with(name: str, content: bytes) -> Callable[[bytes], bytes]:
    """Return a tampering that adds an entry, whose name may be there already."""

    def change(data: bytes) -> bytes:
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a") as package:
            package.fp.seek(package.start_dir)  # type: ignore[union-attr]
            package.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()

    return change


def _twice_in_front(data: bytes) -> bytes:
    """Put another archive before the true one: which of the two is read depends on the reader."""

    def change(again: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes) -> None:
        if entry.filename == ARCHIVE:
            again.writestr(zipfile.ZipInfo(ARCHIVE), content[:1000])
        again.writestr(entry, content)

    return _again(data, change)


def _commented(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.comment = b"PK\x05\x06 nothing to see"
    return out.getvalue()


def _entry_commented(data: bytes) -> bytes:
    def change(again: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes) -> None:
        entry.comment = b"more"
        again.writestr(entry, content)

    return _again(data, change)


def _between(data: bytes) -> bytes:
    """Hide bytes between the last entry and the directory of the ZIP file."""
    end = len(data) - 22
    start = struct.unpack("<L", data[end + 16 : end + 20])[0]
    hidden = b"hidden bytes"
    directory = data[start:end] + data[end : end + 16] + struct.pack("<L", start + len(hidden)) + data[end + 20 :]
    return data[:start] + hidden + directory


ON_ZIP: dict[str, Callable[[bytes], bytes]] = {
    "archive compressed": _deflated,
    "data in front of the ZIP file": lambda data: b"#!/bin/sh\nexit\n" + data,
    "data behind the ZIP file": lambda data: data + b"more",
    "comment on the ZIP file": _commented,
    "plain comment on the ZIP file": lambda data: data[:-2] + b"\4\0more",
    "comment on an entry": _entry_commented,
    "bytes between entries": _between,
    "archive there twice, the other first": _twice_in_front,
    "list of files there twice": _with(LIST, b"{}"),
    "name that leads out": _with("../more.txt", b"more"),
    "name from the root": _with("/more.txt", b"more"),
    "cut off": lambda data: data[:-50],
    "method in front of an entry": lambda data: data[:8] + b"\x08" + data[9:],
    "size in front of an entry": lambda data: data[:22] + bytes([data[22] ^ 1]) + data[23:],
    "name in front of its entry": lambda data: data.replace(b"pages/pages.jsonl", b"pages/pages.jsonx", 1),
}
