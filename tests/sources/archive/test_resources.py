import base64
import gzip
import hashlib
import io

import pytest

from sources.archive import records, resources, warc
from sources.archive.verify import check

BODY = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10_000
NAME = "ni:///sha-256;00"


def record(level=resources.STORED):
    sha1 = base64.b32encode(hashlib.sha1(BODY, usedforsecurity=False).digest()).decode()
    file = io.BytesIO(BODY)
    return list(resources.pieces(NAME, file, size=len(BODY), sha1=sha1, content_type="image/png", level=level))


@pytest.mark.parametrize("level", [resources.STORED, resources.PACKED])
def test_a_record_in_pieces_is_read_back_by_the_strict_reader(level):
    whole = b"".join(record(level))

    (found,) = records.records("a.warc.gz", io.BytesIO(whole))

    assert (found.kind, found.url, found.mime, found.block) == ("resource", NAME, "image/png", BODY)
    assert found.holds("warc-block-digest", found)
    assert gzip.decompress(whole).endswith(b"\r\n\r\n")


def test_records_in_pieces_are_appended_and_opened_where_they_are(tmp_path):
    warc.append(tmp_path, b"before")

    name, offset, length = warc.append_pieces(tmp_path, record(), len(BODY))

    assert b"".join(resources.block(resources.opened(tmp_path, name, offset, length))) == BODY
    assert length == len(b"".join(record()))


def test_a_file_that_breaks_off_leaves_the_archive_as_it_was(tmp_path):
    name, _offset, _length = warc.append(tmp_path, b"before")
    size = (tmp_path / name).stat().st_size

    def broken():
        yield b"half of it"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        warc.append_pieces(tmp_path, broken(), 10)

    assert (tmp_path / name).stat().st_size == size


def test_records_without_a_resource_have_no_block():
    with pytest.raises(warc.Missing):
        list(resources.block(io.BytesIO(warc.started("a.warc.gz"))))


def test_a_file_of_the_archive_with_such_a_record_passes_the_verifier(tmp_path):
    name, _offset, _length = warc.append_pieces(tmp_path, record(), len(BODY))

    assert check(tmp_path / name).faults == []
