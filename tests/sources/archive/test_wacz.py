import io
import json
import zipfile

import pytest

from sources.archive import trust, wacz, warc
from tests.sources.archive.test_warc import EMPTY, MOVED, PACKED, PART, SEEN, Exchange

PIECES = [
    warc.record([MOVED, Exchange()]),
    warc.record([PACKED]),
    warc.resource("ni:///sha-256;x", b"Text.", "text/plain"),
]


def packed(pieces, **proof):
    records, out = io.BytesIO(), io.BytesIO()
    written = wacz.archive(pieces, records)
    wacz.pack(out, records, written, title="Arvel", proof=proof)
    return written, zipfile.ZipFile(out)


def test_a_package_has_its_parts_listed_with_their_hashes():
    _written, package = packed(PIECES, **{"chain.json": b"{}", "verify.py": b"pass"})

    listed = json.loads(package.read("datapackage.json"))
    assert (listed["profile"], listed["wacz_version"], listed["title"]) == ("data-package", "1.1.1", "Arvel")
    assert {item["path"] for item in listed["resources"]} == set(package.namelist()) - {
        "datapackage.json",
        "datapackage-digest.json",
    }
    assert all(item["name"] == item["name"].lower() for item in listed["resources"])


def test_the_index_leads_to_every_answer_in_the_order_of_replay():
    _written, package = packed(PIECES)

    lines = wacz.gzip.decompress(package.read(wacz.INDEX)).decode().splitlines()

    assert lines == sorted(lines)
    keys = [line.split(" {")[0] for line in lines]
    assert keys == ["example,paper)/0 20241129100000", *["example,paper)/1 20241129100000"] * 2, keys[-1]]
    for line in lines:
        entry = json.loads("{" + line.split(" {", 1)[1])
        piece = package.read(wacz.ARCHIVE)[int(entry["offset"]) :][: int(entry["length"])]
        assert entry["url"].encode() in wacz.gzip.decompress(piece)


def test_the_list_of_pages_has_what_each_fetch_ended_with():
    written, package = packed(PIECES)

    header, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()]

    assert header == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    assert [page["url"] for page in pages] == ["http://paper.example/1", "http://paper.example/1", "ni:///sha-256;x"]
    assert pages[0]["ts"] == "2024-11-29T10:00:00Z"
    assert len(written.offsets) == 3


def test_an_answer_not_modified_is_packed_but_not_replayed_as_an_empty_page():
    first = warc.record([Exchange()])
    again, unmodified = (warc.record([each], repeats=warc.original(first)) for each in (Exchange(), EMPTY))

    written, package = packed([first, again, unmodified])

    index = wacz.gzip.decompress(package.read(wacz.INDEX)).decode().splitlines()
    shown = sorted((entry["mime"], entry["status"]) for entry in (json.loads(line.split(" ", 2)[2]) for line in index))
    assert shown == [("text/html", "200"), ("warc/revisit", "200")]
    assert len(package.read("pages/pages.jsonl").splitlines()) == 1 + 2
    assert package.read(wacz.ARCHIVE).endswith(unmodified)
    assert len(written.offsets) == 3


def test_the_page_of_a_browser_is_listed_and_its_parts_and_picture_only_indexed():
    _written, package = packed([warc.view([MOVED, Exchange()], [PART], SEEN, {})])

    index = wacz.gzip.decompress(package.read(wacz.INDEX)).decode().splitlines()
    _header, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()]
    assert [page["url"] for page in pages] == ["http://paper.example/1"]
    assert sorted(json.loads(line.split(" ", 2)[2])["url"].rpartition("/")[2] for line in index) == [
        "0",
        "1",
        "1",
        "js",
    ]


def test_a_large_index_is_cut_into_blocks_that_are_indexed_too(monkeypatch):
    monkeypatch.setattr(wacz, "LINES_A_BLOCK", 2)

    _written, package = packed(PIECES)

    meta, *blocks = package.read(wacz.BLOCKS).decode().splitlines()
    assert json.loads(meta.split(" ", 2)[2]) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    assert len(blocks) == 2


def test_records_that_are_not_whole_are_not_packed():
    with pytest.raises(trust.Broken):
        packed([PIECES[0][:-5]])


def test_the_verifier_is_one_file_that_imports_nothing_of_ours():
    text = wacz.verifier().decode()

    compile(text, "verify.py", "exec")
    assert "from sources" not in text
    assert text.count("from __future__") == 1
