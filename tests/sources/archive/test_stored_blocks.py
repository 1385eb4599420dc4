import gzip
import io
import itertools
import random
import zlib

import pytest

from sources.archive import resources, stored_blocks

BODY = random.Random(1).randbytes(3_000_000)


def record(level=resources.STORED, body=BODY):
    pieces = resources.pieces(
        "ni:///x", io.BytesIO(body), size=len(body), sha1="A", content_type="video/mp4", level=level
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


class Ranges:
    """The ranges of a record that are read, as from a bucket."""

    def __init__(self, content):
        self.content, self.asked = content, []

    def __call__(self, at, size):
        self.asked.append(size)
        return io.BytesIO(self.content[at : at + size])


def packed_in_irregular_blocks():
    """A record as it was written before: its head and body share blocks of any length."""
    packer = zlib.compressobj(0, zlib.DEFLATED, 31)
    head = b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n" % len(BODY)
    return packer.compress(head + BODY) + packer.compress(b"\r\n\r\n") + packer.flush()


def test_a_record_is_a_member_of_gzip_that_says_what_was_given():
    head, _end, rest = gzip.decompress(record()).partition(b"\r\n\r\n")

    assert head.startswith(b"WARC/1.1\r\n")
    assert rest == BODY + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("start", "size"), [(0, 10), (2_900_000, 5), (65_000, 200_000), (0, 3_000_000), (2_999_999, 1), (65_535, 65_535)]
)
def test_of_a_record_in_a_bucket_two_ranges_are_read(start, size):
    ranges = Ranges(record())

    assert b"".join(stored_blocks.ranged(ranges, len(ranges.content), start, size)) == BODY[start : start + size]
    assert len(ranges.asked) == 2
    assert sum(ranges.asked) < size + 140_000


@pytest.mark.parametrize("content", [record(resources.PACKED), packed_in_irregular_blocks(), record()[:2_000_000]])
def test_a_record_with_other_blocks_is_read_from_its_beginning(content):
    assert stored_blocks.ranged(Ranges(content), len(content), 2_500_000, 5) is None


def test_a_range_beyond_what_is_kept_of_a_record_is_not_asked_for():
    ranges = Ranges(record()[:2_000_000])

    assert stored_blocks.ranged(ranges, len(ranges.content), 2_500_000, 5) is None
    assert ranges.asked == [stored_blocks.FIRST]


@pytest.mark.parametrize("blocks", [0, 1, 2])
@pytest.mark.parametrize("beyond", [-1, 0, 1, 700])
def test_a_part_is_what_a_slice_of_the_bytes_is(blocks, beyond):
    body = BODY[: max(0, blocks * stored_blocks.MOST + beyond)]
    kept = Ranges(record(body=body))
    edges = {0, len(body), blocks * stored_blocks.MOST, *(each * stored_blocks.MOST for each in range(blocks))}
    starts = sorted({edge + step for edge in edges for step in range(-6, 7) if edge + step >= 0})

    for start, size in itertools.product(starts, [0, 1, 4, 5, 65_535, 65_536, 200_000]):
        wanted = body[start : start + size]
        assert b"".join(stored_blocks.ranged(kept, len(kept.content), start, size)) == wanted, (start, size)
        assert b"".join(stored_blocks.part(io.BytesIO(kept.content), start, size)) == wanted, (start, size)
    assert min(kept.asked) > 0


def test_blocks_of_any_length_are_followed_in_a_folder():
    file = Counting(packed_in_irregular_blocks())

    assert b"".join(stored_blocks.part(file, 2_900_000, 5)) == BODY[2_900_000:2_900_005]
    assert file.count < 200_000


def test_what_is_packed_or_no_record_is_left_to_others():
    for content in (record(resources.PACKED), b"", b"WARC/1.1", record()[:200]):
        assert stored_blocks.part(io.BytesIO(content), 0, 5) is None


def test_a_record_that_ends_too_soon_is_missing_its_end():
    with pytest.raises(stored_blocks.warc.Missing):
        b"".join(stored_blocks.part(io.BytesIO(record()[:1_000_000]), 2_000_000, 5))
