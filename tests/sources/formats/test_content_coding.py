import gzip
import os
import zlib

import pytest

from sources.formats.content_coding import BadCoding, inflate

PAGE = "<p>« Bonjour »</p>".encode()


@pytest.mark.parametrize(
    ("content", "coding"),
    [
        (PAGE, ""),
        (PAGE, "identity"),
        (gzip.compress(PAGE, mtime=0), "GZIP"),
        (gzip.compress(PAGE, mtime=0), "identity, x-gzip"),
        (gzip.compress(PAGE[:5], mtime=0) + gzip.compress(PAGE[5:], mtime=0), "gzip"),
        (gzip.compress(PAGE, mtime=0) + bytes(1000), "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE)[2:-4], "deflate"),
        (b"", "gzip"),
    ],
)
def test_one_layer_is_undone(content, coding):
    assert inflate(content, coding, most=1_000, ratio=100) == (PAGE if content else b"")


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_content_longer_than_a_step_comes_out_whole(size):
    content = bytes(size)

    assert inflate(gzip.compress(content, mtime=0), "gzip", most=size, ratio=2_000) == content


@pytest.mark.parametrize(
    ("content", "coding", "outcome"),
    [
        (gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), "gzip, gzip", "bad_encoding"),
        (PAGE, "br", "bad_encoding"),
        (PAGE, "zstd", "bad_encoding"),
        (PAGE, "gzip", "bad_encoding"),
        (gzip.compress(PAGE, mtime=0)[:-9], "gzip", "bad_encoding"),
        (gzip.compress(PAGE, mtime=0)[:5], "gzip", "bad_encoding"),
        (zlib.compress(PAGE)[:-5], "deflate", "bad_encoding"),
        (bytes(1001), "", "too_large"),
        (gzip.compress(bytes(1001), mtime=0), "gzip", "too_large"),
    ],
)
def test_what_is_broken_layered_unasked_or_too_large_is_refused(content, coding, outcome):
    with pytest.raises(BadCoding) as refused:
        inflate(content, coding, most=1_000, ratio=100)

    assert refused.value.outcome == outcome


@pytest.mark.timeout(60)  # each member copied all that followed: minutes
def test_as_many_members_as_there_may_be_are_read():
    member = gzip.compress(b"a", mtime=0)

    assert inflate(member * 200_000, "gzip", most=1 << 20, ratio=100) == b"a" * 200_000


@pytest.mark.parametrize("size", [1 << 10, (1 << 10) + 1, 1 << 20, 3 << 20])
def test_members_of_every_length_are_told_apart(size):
    parts = [os.urandom(size), b"", bytes(size), b"end"]
    content = b"".join(gzip.compress(part, mtime=0) for part in parts)

    assert inflate(content + b"padding", "gzip", most=8 << 20, ratio=2_000) == b"".join(parts)


def test_a_bomb_is_left_long_before_its_end():
    bomb = gzip.compress(bytes(50 << 20), mtime=0)

    with pytest.raises(BadCoding) as refused:
        inflate(bomb, "gzip", most=100 << 20, ratio=200)

    assert refused.value.outcome == "too_large"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_of_a_body_that_is_longer_than_enough_only_a_part_is_decompressed(coding):
    text = b"".join(b"%d " % number for number in range(2_000_000))
    packed = gzip.compress(text, mtime=0) if coding == "gzip" else zlib.compress(text)

    part = inflate(packed, coding, most=100 << 20, ratio=200, enough=4 << 20)

    assert 4 << 20 < len(part) <= 5 << 20
    assert text.startswith(part)
