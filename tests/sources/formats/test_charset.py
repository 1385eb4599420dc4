import pytest

from sources.formats import charset

TURKISH = "Şırnak’ta çatışma"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xef\xbb\xbf" + TURKISH.encode(), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + TURKISH.encode("utf-16-le"), "text/html"),
        (TURKISH.encode("windows-1254"), "text/html; charset=windows-1254"),
        (TURKISH.encode("windows-1254"), 'text/html; charset="iso-8859-9"'),
        (TURKISH.encode(), "text/html"),
        (TURKISH.encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_the_mark_counts_before_the_header_and_the_header_before_a_guess(body, content_type):
    text = charset.decode(body, content_type)

    assert text == TURKISH


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("<meta charset=windows-1256>", "windows-1256"),
        ("<META CharSet = 'windows-1256' >", "windows-1256"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', "windows-1256"),
        ('<meta content="text/html; charset=windows-1256" http-equiv=content-type />', "windows-1256"),
        ("<!-- <meta charset=koi8-r> --><meta charset=windows-1256>", "windows-1256"),
        ("<html lang=ar>", "windows-1256"),
        ("<meta charset=utf-16>", "utf-8"),
    ],
)
def test_a_page_says_its_encoding_in_a_meta_element(declaration, encoding):
    body = f"{declaration}<p>حلب".encode(encoding)

    text = charset.decode(body, "text/html")

    assert text.endswith("<p>حلب")


def test_bytes_that_make_no_sense_become_question_marks_not_errors():
    text = charset.decode(b"caf\xe9 \xff ok", "text/html; charset=utf-8")

    assert text == "caf\ufffd \ufffd ok"


def test_what_a_database_refuses_is_left_out():
    text = charset.clean("a\x00b\ud800c\r\nd\re\x1bf")

    assert text == "abc\nd\nef"
