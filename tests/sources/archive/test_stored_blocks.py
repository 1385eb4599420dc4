import io
import random

import pytest

from sources.archive import resources, stored_blocks

BODY = random.Random(1).randbytes(3_000_000)


def record(level=resources.STORED):
    pieces = resources.pieces(
        "ni:///x", io.BytesIO(BODY), size=len(BODY), sha1="A", content_type="video/mp4", level=level
    )
    return b"".join(pieces)


class Counting(io.BytesIO):
    """A file that counts the bytes that are read of it."""

    count = 0

    def read(self, *size):
        found = super().read(*size)
        self.count += len(found)
        return found


@pytest.mark.parametrize(
    ("start", "size"), [(0, 10), (2_900_000, 5), (65_000, 200_000), (0, 3_000_000), (2_999_999, 1)]
)
def test_a_part_of_a_film_is_read_without_what_stands_before_it(start, size):
    file = Counting(b"earlier" + record())
    file.seek(7)

    assert b"".join(stored_blocks.part(file, start, size)) == BODY[start : start + size]
    assert file.closed
    assert file.count < size + 70_000


def test_what_is_packed_or_no_record_is_left_to_others():
    for content in (record(resources.PACKED), b"", b"WARC/1.1", record()[:200]):
        assert stored_blocks.part(io.BytesIO(content), 0, 5) is None


def test_a_record_that_ends_too_soon_is_missing_its_end():
    with pytest.raises(stored_blocks.warc.Missing):
        b"".join(stored_blocks.part(io.BytesIO(record()[:1_000_000]), 2_000_000, 5))
