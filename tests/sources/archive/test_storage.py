import gzip
import io
import random
from contextlib import closing

import pytest
from botocore.response import StreamingBody
from moto.server import ThreadedMotoServer

from sources.archive import resources, storage, warc
from sources.capturing import preserving
from sources.reading import pasting
from sources.web import bucket
from tests import make
from tests.sealed import fetched
from tests.sources.archive.test_warc import PAGE, Exchange
from tests.sources.conftest import PAGE as PUBLISHED

RECORDS = warc.record([Exchange()])


@pytest.fixture(scope="module")
def server():
    """A server that speaks the S3 protocol, on loopback."""
    opened = ThreadedMotoServer("127.0.0.1", port=0)
    opened.start()
    yield "http://{}:{}".format(*opened.get_host_and_port())
    opened.stop()


@pytest.fixture
def s3(server, settings, monkeypatch):
    """The archive in a bucket of that server."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    settings.ARCHIVE_STORAGE, settings.ARCHIVE_ENDPOINT = "s3://captures/desk/2024", server
    bucket._storage.cache_clear()
    made = bucket._storage(settings.ARCHIVE_STORAGE, server).bucket
    made.create()
    yield made
    made.objects.all().delete()
    made.delete()
    bucket._storage.cache_clear()


def test_in_a_folder_fetches_are_appended(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path

    first, second = storage.add(RECORDS), storage.add(RECORDS)

    assert first.name == second.name
    assert second.offset == first.offset + first.length
    assert storage.cut(*second) == RECORDS


def test_in_a_bucket_each_fetch_is_an_object_of_its_own(s3):
    first, second = storage.add(RECORDS), storage.add(RECORDS)

    assert {item.key for item in s3.objects.all()} == {f"desk/2024/{first.name}", f"desk/2024/{second.name}"}
    assert storage.cut(*first) == RECORDS
    whole = s3.Object(f"desk/2024/{first.name}").get()
    assert whole["ContentType"] == "application/warc"
    assert "ContentEncoding" not in whole
    assert b"WARC-Type: warcinfo" in gzip.decompress(whole["Body"].read())


def test_records_that_come_in_pieces_are_one_object_and_read_in_pieces(s3):
    place = storage.add_pieces(iter([RECORDS[:100], RECORDS[100:]]), len(RECORDS))

    with closing(storage.opened(*place)) as file:
        assert b"".join(iter(lambda: file.read(64), b"")) == RECORDS
    assert storage.cut(*place) == RECORDS
    assert len(list(s3.objects.all())) == 1


def test_only_the_bytes_asked_for_are_read(s3):
    place = storage.add(RECORDS)

    assert storage.cut(place.name, place.offset + 10, 5) == RECORDS[10:15]


def test_of_a_film_in_a_bucket_only_the_part_is_read_that_is_asked_for(s3, monkeypatch):
    film, lengths = random.Random(1).randbytes(3_000_000), []
    given = {"size": len(film), "sha1": "A", "content_type": "video/mp4", "level": resources.STORED}
    place = storage.add_pieces(resources.pieces("ni:///x", io.BytesIO(film), **given), len(film))
    whole = bucket.Bucket.opened
    monkeypatch.setattr(bucket.Bucket, "opened", lambda *asked: lengths.append(asked[-1]) or whole(*asked))

    assert b"".join(storage.part(place, 2_999_000, 1_000)) == film[-1_000:]
    assert sum(lengths) < 140_000
    with closing(storage.opened(*place)) as file:
        assert b"".join(resources.block(file)) == film


def test_an_object_that_is_not_there_and_a_store_out_of_reach_are_errors_of_reading(s3, settings):
    with pytest.raises(OSError, match="NoSuchKey"):
        storage.cut("2024/none.warc.gz", 0, 10)
    settings.ARCHIVE_STORAGE = "s3://elsewhere"
    with pytest.raises(OSError, match="NoSuchBucket"):
        storage.add(RECORDS)


def test_a_connection_that_breaks_while_an_object_is_read_is_an_error_of_reading():
    body = StreamingBody(io.BytesIO(b"half of it"), content_length=20)
    stream = io.BufferedReader(bucket.ObjectStream(body), 4)

    read = stream.read(6)
    with pytest.raises(bucket.NotStored):
        stream.read()

    stream.close()
    assert read == b"half o"


@pytest.mark.django_db(transaction=True)
def test_what_is_fetched_and_pasted_is_kept_in_the_bucket_and_read_from_it(s3, site):
    (document,) = fetched(site.says("/news"), times=2)
    pasted = pasting.keep_pasted(PAGE.decode(), by=make.reporter()).capture

    second, first = document.captures.all()
    assert second.revisits == first
    assert preserving.payload_of(second) == PUBLISHED.encode()
    assert preserving.payload_of(pasted) == PAGE
    assert len(list(s3.objects.all())) == 3
