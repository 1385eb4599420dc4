import errno
import gzip
import hashlib
import multiprocessing
import random
import resource
import stat
import subprocess
import sys
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from sources.archive import warc

PAGE = "<p>« Bonjour »</p>".encode()
ZIPPED = gzip.compress(PAGE, mtime=0)  # ids of tests are made of it, and must not hold the time
CHUNKED = b"5\r\n" + ZIPPED[:5] + b"\r\n%x\r\n" % (len(ZIPPED) - 5) + ZIPPED[5:] + b"\r\n0\r\n\r\n"


@dataclass(frozen=True)
class Exchange:
    response_head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    wire_body: bytes = PAGE
    url: str = "http://paper.example/1"
    request_head: bytes = b"GET /1 HTTP/1.1\r\nHost: paper.example\r\n\r\n"
    peer_ip: str = "192.0.2.1"
    started_at: datetime = datetime(2024, 11, 29, 10, 0, 0, 123456, tzinfo=UTC)
    truncated: bool = False
    certificates: tuple[bytes, ...] = ()


MOVED = Exchange(b"HTTP/1.1 301 Moved\r\nLocation: /1\r\n\r\n", b"", url="http://paper.example/0", truncated=True)
PACKED = Exchange(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", CHUNKED)
TRAILED = replace(PACKED, wire_body=CHUNKED[:-2] + b"Server-Timing: app;dur=12\r\n\r\n")
ODD = Exchange(b"HTTP/1.0 200 Fine by me\nX-Case:  two  spaces\nnonsense\nX-Latin: caf\xe9\n\n", PAGE)
EMPTY = Exchange(b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", b"")


def accepted(path):
    """Return whether `warcio check` finds every digest right."""
    command = [str(Path(sys.executable).parent / "warcio"), "check", "-v", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.returncode == 0 and "digest pass" in result.stdout


def records(data):
    """Return type, headers and block of every record."""
    return [
        (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
        for record in ArchiveIterator(BytesIO(data), no_record_parse=True)
    ]


@pytest.mark.parametrize("exchange", [Exchange(), PACKED, ODD, EMPTY])
def test_what_was_on_the_wire_is_kept_byte_for_byte(exchange):
    response, request, metadata = records(warc.record([exchange], {"outcome": "ok"}))

    assert response[2] == exchange.response_head + exchange.wire_body
    assert request[2] == exchange.request_head
    assert metadata[2].decode().splitlines() == [
        f"block-sha256: {hashlib.sha256(response[2]).hexdigest()}",
        f"payload-sha256: {hashlib.sha256(exchange.wire_body).hexdigest()}",
        "ip-address: 192.0.2.1",
        "outcome: ok",
    ]


def test_every_hop_has_its_records_with_address_and_time():
    found = records(warc.record([MOVED, Exchange()]))

    assert [kind for kind, _headers, _block in found] == ["response", "request", "metadata"] * 2
    first, second = found[0][1], found[3][1]
    assert (first["WARC-Target-URI"], first["WARC-Truncated"]) == (MOVED.url, "length")
    assert second["WARC-Date"] == "2024-11-29T10:00:00.123456Z"
    assert second["WARC-IP-Address"] == "192.0.2.1"
    assert b"\r\ntruncated: length\r\n" in found[2][2]
    assert found[4][1]["WARC-Concurrent-To"] == found[5][1]["WARC-Concurrent-To"] == second["WARC-Record-ID"]


def test_a_fact_cannot_forge_another():
    metadata = records(warc.record([Exchange()], {"reason": "no\r\noutcome: ok"}))[-1]

    assert metadata[2].decode().splitlines()[-1] == "reason: no outcome: ok"


@pytest.mark.parametrize(("exchange", "profile"), [(PACKED, warc.SAME_PAYLOAD), (EMPTY, warc.NOT_MODIFIED)])
def test_what_was_served_before_is_kept_as_a_revisit(tmp_path, exchange, profile):
    first = warc.record([MOVED, PACKED])
    before = records(first)[3][1]

    again = warc.record([MOVED, exchange], repeats=warc.original(first))

    assert [kind for kind, _headers, _block in records(again)][3:] == ["revisit", "request", "metadata"]
    _kind, headers, block = records(again)[3]
    assert block == exchange.response_head
    assert headers["WARC-Profile"] == profile
    assert headers["WARC-Refers-To"] == before["WARC-Record-ID"]
    assert headers["WARC-Refers-To-Target-URI"] == PACKED.url
    assert headers["WARC-Refers-To-Date"] == before["WARC-Date"]
    assert headers["WARC-Payload-Digest"] == before["WARC-Payload-Digest"]
    assert accepted_together(tmp_path, first, again)


def accepted_together(folder, *pieces):
    for piece in pieces:
        name, _offset, _length = warc.append(folder, piece)
    return accepted(folder / name)


def test_a_revisit_has_no_payload_and_is_no_original():
    again = warc.record([PACKED], repeats=warc.original(warc.record([PACKED])))

    for ask in (warc.payload, warc.original):
        with pytest.raises(warc.Missing):
            ask(again)


def test_the_certificates_that_a_server_showed_are_kept():
    metadata = records(warc.record([replace(PACKED, certificates=(b"own", b"above"))]))[-1]

    assert metadata[1]["Content-Type"] == warc.CERTIFICATES
    assert metadata[2].decode().count("-----BEGIN CERTIFICATE-----\nb3du\n-----END") == 1
    assert "YWJvdmU=" in metadata[2].decode()


def test_warcio_accepts_the_files(tmp_path):
    for exchange in (Exchange(), PACKED, ODD, EMPTY):
        name, _offset, _length = warc.append(tmp_path, warc.record([MOVED, exchange]))

    assert accepted(tmp_path / name)
    first = next(iter(ArchiveIterator((tmp_path / name).open("rb"))))
    assert (first.rec_type, first.rec_headers.protocol) == ("warcinfo", "WARC/1.1")
    assert first.rec_headers.get_header("WARC-Filename") == name.rpartition("/")[2]


def test_a_changed_byte_is_noticed(tmp_path):
    name, offset, _length = warc.append(tmp_path, warc.record([Exchange()]))
    whole = (tmp_path / name).read_bytes()
    member = zlib.decompressobj(31)
    forged = member.decompress(whole[offset:]).replace(b"Bonjour", b"Bonsoir")

    (tmp_path / name).write_bytes(whole[:offset] + gzip.compress(forged) + member.unused_data)

    assert b"Bonsoir" in forged
    assert not accepted(tmp_path / name)


@pytest.mark.parametrize(("exchange", "served"), [(Exchange(), PAGE), (PACKED, ZIPPED), (TRAILED, ZIPPED), (ODD, PAGE)])
def test_a_payload_is_read_back_without_its_framing(tmp_path, exchange, served):
    warc.append(tmp_path, warc.record([EMPTY]))
    place = warc.append(tmp_path, warc.record([MOVED, exchange]))
    warc.append(tmp_path, warc.record([EMPTY]))

    headers, body = warc.payload(warc.cut(tmp_path, *place))

    assert body == served
    assert headers[0][0] in {"Content-Type", "Transfer-Encoding", "X-Case"}


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "a/b", "..", "", "2026/11/../secret", "2026/11/..", "2026/../11/a", "2026/11/"]
)
def test_a_name_leads_nowhere_but_into_the_folder(tmp_path, name):
    with pytest.raises(warc.Missing):
        warc.cut(tmp_path, name, 0, 10)


def test_a_place_without_response_says_so(tmp_path):
    name, offset, _length = warc.append(tmp_path, warc.record([Exchange()]))

    with pytest.raises(warc.Missing):
        warc.payload(warc.cut(tmp_path, name, 0, offset))


def test_a_full_file_is_followed_by_another(tmp_path, monkeypatch):
    data = warc.record([Exchange()])
    monkeypatch.setattr(warc, "LARGEST_FILE", 2 * len(data) + 400)

    places = [warc.append(tmp_path, data) for _ in range(5)]

    assert len({name for name, _offset, _length in places}) == 3
    assert all(path.stat().st_size <= warc.LARGEST_FILE for path in files(tmp_path))
    assert [warc.payload(warc.cut(tmp_path, *place))[1] for place in places] == [PAGE] * 5


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    data = warc.record([Exchange()])
    name, _offset, _length = warc.append(tmp_path, data)
    before = (tmp_path / name).read_bytes()

    def fill(_handle):
        raise OSError("disk full")

    monkeypatch.setattr(warc.os, "fsync", fill)
    with pytest.raises(OSError, match="full"):
        warc.append(tmp_path, data)

    assert (tmp_path / name).read_bytes() == before


def meet_the_limit(folder, size):
    """Append more than a file of this process may hold, then less; return what the file had at each time."""
    name, _offset, _length = warc.append(folder, warc.record([Exchange()]))
    whole = (folder / name).read_bytes()
    big = warc.resource("urn:noise", random.randbytes(size), "application/octet-stream")
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + size // 2, most[1]))
    try:
        warc.append(folder, big)
    except OSError as error:
        problem = error.errno
    cut_off = (folder / name).read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, most)
    return name, whole, cut_off, problem, warc.append(folder, warc.record([Exchange()]))


@pytest.mark.parametrize("size", [5_000, 300_000])  # less and more than a buffer holds
def test_a_write_that_the_disk_ends_in_the_middle_leaves_nothing(tmp_path, size):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        name, whole, cut_off, problem, place = pool.apply(meet_the_limit, [tmp_path, size])

    assert (problem, cut_off == whole) == (errno.EFBIG, True)
    assert place[:2] == (name, len(whole))
    assert warc.payload(warc.cut(tmp_path, *place))[1] == PAGE
    assert accepted(tmp_path / name)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_each_month_has_a_folder_and_a_month_that_is_over_stays_as_it_is(tmp_path):
    data = warc.record([Exchange()])
    old = warc.append(tmp_path, data, datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    november = (tmp_path / old[0]).read_bytes()

    new = warc.append(tmp_path, data, datetime(2026, 12, 1, tzinfo=UTC))

    assert (old[0][:8], new[0][:8]) == ("2026/11/", "2026/12/")
    assert (tmp_path / old[0]).read_bytes() == november
    assert warc.cut(tmp_path, *old) == warc.cut(tmp_path, *new) == data


def test_a_month_is_counted_in_utc_wherever_the_server_is(tmp_path):
    tonight = datetime(2026, 12, 1, 1, tzinfo=timezone(timedelta(hours=3)))

    name, _offset, _length = warc.append(tmp_path, warc.record([Exchange()]), tonight)

    assert name.startswith("2026/11/cw-20261130220000-")


def test_files_from_before_there_were_folders_are_still_read(tmp_path):
    name, offset, length = warc.append(tmp_path, warc.record([Exchange()]))
    old = name.rpartition("/")[2]
    (tmp_path / name).rename(tmp_path / old)

    _headers, body = warc.payload(warc.cut(tmp_path, old, offset, length))

    assert body == PAGE


def append_many(folder):
    return [warc.append(folder, warc.record([Exchange()])) for _ in range(20)]


def test_several_workers_never_write_to_one_file(tmp_path):
    warc.append(tmp_path, warc.record([Exchange()]))

    with multiprocessing.get_context("fork").Pool(3) as pool:
        places = [place for found in pool.map(append_many, [tmp_path] * 6, chunksize=1) for place in found]

    assert [warc.payload(warc.cut(tmp_path, *place))[1] for place in places] == [PAGE] * 120
    assert all(accepted(path) for path in files(tmp_path))
    assert len({path.name.split("-")[2] for path in files(tmp_path)}) == len(files(tmp_path))


SEEN = warc.View("<p>« Bonjour »</p><p>by script</p>".encode(), "« Bonjour »\nby script".encode(), b"\x89PNG")
PART = Exchange(b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\n", b"go()", url="http://paper.example/js")


def test_what_a_browser_made_refers_to_the_page_that_it_made_it_of(tmp_path):
    data = warc.view([MOVED, Exchange()], [PART], SEEN, {"rendered-by": "Chromium 156"})

    *served, markup, text, picture = records(data)

    page = served[3][1]
    assert page["WARC-Target-URI"] == "http://paper.example/1"
    assert "rendered-by: Chromium 156" in served[5][2].decode()
    for kind, head, _block in (markup, text):
        assert (kind, head["WARC-Refers-To"]) == ("conversion", page["WARC-Record-ID"])
        assert head["WARC-Target-URI"] == page["WARC-Target-URI"]
    assert (markup[2], text[2], picture[2]) == (SEEN.html, SEEN.text, SEEN.screenshot)
    assert (picture[0], picture[1]["WARC-Target-URI"]) == ("resource", "urn:view:http://paper.example/1")
    (tmp_path / "x.warc.gz").write_bytes(data)
    assert accepted(tmp_path / "x.warc.gz")


def test_what_a_browser_made_is_the_payload_and_not_a_part_of_the_page():
    data = warc.view([Exchange()], [PART], SEEN, {})

    headers, body = warc.payload(data)

    assert (headers, body) == ([("Content-Type", "text/html; charset=utf-8")], SEEN.html)
    assert warc.screenshot(data) == SEEN.screenshot


def test_what_was_served_has_no_picture():
    with pytest.raises(warc.Missing):
        warc.screenshot(warc.record([Exchange()]))


def test_nobody_else_on_the_machine_reads_the_archive(tmp_path):
    name, _offset, _length = warc.append(tmp_path / "archive", b"records")
    path = tmp_path / "archive" / name

    modes = [
        stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent, tmp_path / "archive")
    ]

    assert modes == [0o600, 0o700, 0o700, 0o700]
