import io

import pytest

from workbench.pages.whole_body import WholeBody, whole


def read_by(body, length):
    """What an application reads of a body that its header says is so long."""
    found = []

    def application(environ, _start_response):
        while piece := environ["wsgi.input"].read(4):
            found.append(piece)
        return []

    whole(application)({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": length}, None)
    return b"".join(found)


def test_a_whole_body_is_read_as_it_is():
    assert read_by(b"half a file", "11") == b"half a file"
    assert read_by(b"", "0") == b""
    assert read_by(b"chunked", "") == b"chunked"


def test_half_a_body_is_an_error_and_no_shorter_one():
    with pytest.raises(OSError, match="too early"):
        read_by(b"half a", "11")


def test_lines_are_counted_too():
    assert list(WholeBody(io.BytesIO(b"a\nb"), 3)) == [b"a\n", b"b"]
    with pytest.raises(OSError, match="too early"):
        list(WholeBody(io.BytesIO(b"a\nb"), 4))
