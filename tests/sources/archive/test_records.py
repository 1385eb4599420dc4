import gzip
import hashlib
import io
import tracemalloc
from collections import deque

import pytest
from warcio.warcwriter import WARCWriter

from sources.archive import records, trust, warc
from tests.sources.archive.test_warc import CHUNKED, MOVED, ODD, PACKED, PAGE, ZIPPED, Exchange


def read(data):
    return list(records.records("x.warc", io.BytesIO(data)))


@pytest.mark.parametrize("exchange", [Exchange(), PACKED, ODD])
def test_records_are_read_as_they_were_written(exchange):
    data = warc.record([MOVED, exchange])

    found = read(data)

    assert [one.kind for one in found] == ["response", "request", "metadata"] * 2
    assert found[3].block == exchange.response_head + exchange.wire_body
    assert found[3].payload == exchange.wire_body
    assert [found[3].holds(name, found[3]) for name in records.DIGESTS] == [True, True]
    assert found[3].holds(records.BLOCK, found[0]) is False
    assert (found[3].url, found[3].date) == (exchange.url, "2024-11-29T10:00:00.123456Z")
    assert b"".join(data[one.offset : one.offset + one.length] for one in found) == data


def test_records_that_are_not_compressed_are_read_too():
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for text in (b"one", b"two"):
        writer.write_record(writer.create_warc_record("urn:x", "resource", payload=io.BytesIO(text), length=3))

    first, second = read(out.getvalue())

    assert (first.payload, second.payload) == (b"one", b"two")
    assert (second.offset, second.length) == (first.length, len(out.getvalue()) - first.length)


def test_a_large_file_that_is_not_compressed_is_read_without_copying_the_rest_of_it_for_each_record():
    body = b"x" * 1000
    head = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2024-11-29T10:00:00Z\r\n"
    every = (head + b"Content-Length: 1000\r\n\r\n" + body + b"\r\n\r\n") * 2000
    found = records.records("x.warc", io.BytesIO(every))
    next(found)

    tracemalloc.start()
    last = deque(found, maxlen=1).pop()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert last.offset + last.length == len(every)
    assert most < 100_000


def test_status_and_kind_are_as_served():
    response, request, metadata, *_more = read(warc.record([Exchange()]))
    revisit = read(warc.record([Exchange()], repeats=warc.original(warc.record([Exchange()]))))[0]

    assert (response.status, response.mime) == ("200", "text/html")
    assert (revisit.status, revisit.mime) == ("200", "warc/revisit")
    assert (metadata.status, metadata.mime) == ("-", "application/warc-fields")
    assert request.status == "-"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-3],
        lambda data: data + b"more",
        lambda data: gzip.compress(gzip.decompress(data)),
        lambda data: gzip.compress(gzip.decompress(data) + b"more"),
        lambda data: gzip.compress(gzip.decompress(data).replace(b"WARC/1.1", b"WARC/2.1")),
        lambda data: gzip.compress(gzip.decompress(data).replace(b"Content-Length: ", b"Content-Length: -")),
        lambda data: gzip.compress(gzip.decompress(data).replace(b"2024-11-29T", b"29 Nov ")),
        lambda data: gzip.decompress(data)[:-4],
    ],
)
def test_what_is_not_to_the_letter_is_a_fault(change):
    with pytest.raises((trust.Broken, OSError, records.zlib.error)):
        read(change(warc.record([Exchange()])))


def test_a_large_record_is_never_whole_in_memory(tmp_path):
    path, body = tmp_path / "x.warc.gz", b"0123456789abcdef" * 2**20
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warc_record("urn:x", "resource", payload=io.BytesIO(body)))

    tracemalloc.start()
    with path.open("rb") as file:
        (one,) = records.records("x.warc.gz", file)
        kept = [one.holds(name, one) for name in records.DIGESTS]
        again = one.hashes("sha512")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (kept, again[0]) == ([True, True], hashlib.sha512(body).digest())
    assert most < 4_000_000


def test_a_payload_without_chunks_is_not_taken_for_an_empty_one():
    one = read(warc.record([Exchange()]))[0]
    one.head[records.PAYLOAD] = f"sha256:{hashlib.sha256(b'').hexdigest()}"

    assert one.holds(records.PAYLOAD, one) is False


def test_chunks_are_put_together_wherever_pieces_end():
    chunks, data = records.Chunks(), b"4;x=y\r\nbody\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"

    body = b"".join(part for at in range(len(data)) for part in chunks.read(data[at : at + 1]))

    assert (body, chunks.are_there) == (b"body0123456789abcdef", True)


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (CHUNKED, ZIPPED),
        (b"0\r\n\r\n", b""),
        (b"x", b""),
        (PAGE, b""),
        (b"4\r\nbody\r\n0\r\nServer-Timing: app;dur=12\r\n\r\n", b"body"),
        (b" 2 ;a=%s\r\nbo\r\n0x02\r\ndy\r\n00\r\n\r\n" % (b"b" * 200), b"body"),
        (b"2\r\nbo\r\n-2\r\ndy\r\n", b"bo"),
    ],
    ids=["gzip", "none", "no chunks", "page", "trailer", "loosely written", "negative"],
)
def test_chunks_are_put_together(data, body):
    assert records.unchunked(data) == body
