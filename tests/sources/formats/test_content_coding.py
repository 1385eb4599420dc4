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


@pytest.mark.parametrize(
    "coding", ["utf-8", "UTF-8", "iso-8859-1", "text/html", "none", "gzip", "deflate", "br", "zstd"]
)
@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        "<p>Tahliye: üç köy</p>".encode("iso-8859-9"),
        "<p>Евакуація</p>".encode("windows-1251"),
        "<p>避難</p>".encode("iso-2022-jp"),
        "<p>عاجل</p>".encode("utf-16"),
    ],
)
def test_a_plain_body_is_read_whatever_its_label_says(content, coding):
    assert inflate(content, coding, most=1_000, ratio=100) == content


def test_a_label_that_is_no_coding_counts_for_nothing_beside_one():
    packed = gzip.compress(PAGE, mtime=0)

    assert inflate(packed, "gzip, utf-8", most=1_000, ratio=100) == PAGE


def test_a_plain_body_under_a_label_has_the_same_limit():
    with pytest.raises(BadCoding) as refused:
        inflate(PAGE * 100, "gzip", most=1_000, ratio=100)

    assert refused.value.outcome == "too_large"


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_content_longer_than_a_step_comes_out_whole(size):
    content = bytes(size)

    assert inflate(gzip.compress(content, mtime=0), "gzip", most=size, ratio=2_000) == content


@pytest.mark.parametrize(
    ("content", "coding", "outcome"),
    [
        (gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), "gzip, gzip", "bad_encoding"),
        (b"\x8b\x02\x80hello\x03", "br", "bad_encoding"),
        (b"\x28\xb5\x2f\xfd\x00\x01", "zstd", "bad_encoding"),
        (b"\x89PNG\r\n\x1a\n", "gzip", "bad_encoding"),
        (b"\x89PNG\r\n\x1a\n", "deflate", "bad_encoding"),
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
