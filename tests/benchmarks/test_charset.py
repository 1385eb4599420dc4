"""Which pages the benchmark of character sets makes, and how it counts what comes of them."""

import pytest

from benchmarks import charset
from benchmarks.charset import Page, Read

RIGHT = Page("Şırnak".encode("windows-1254"), "windows-1254", "right", "a")
WRONG = Page("Şırnak".encode("windows-1254"), "windows-1254", "wrong", "b")


def test_pages_are_made_in_twenty_encodings_and_more_each_labelled_right_wrong_and_not_at_all():
    made = list(charset.pages())

    assert len({page.encoding for page in made}) >= 20
    assert {page.kind for page in made} == {"right", "wrong", "none"}
    assert len({page.name for page in made}) == len(made)


@pytest.mark.parametrize(
    ("text", "encoding", "read"),
    [
        ("l’été", "windows-1252", "l’été"),
        ("l’été", "iso-8859-15", "l'été"),
        ("Một", "windows-1258", "Mô\u0323t"),
        ("یک", "windows-1256", "يک"),
        ("川", "iso-2022-jp", "川"),
        ("川", "koi8-r", "?"),
    ],
)
def test_what_an_encoding_lacks_is_written_plainer(text, encoding, read):
    body = charset.encoded(text, encoding)

    assert charset.written_text(Page(body, encoding, "right", "")) == read


def test_a_wrong_text_without_a_mark_is_counted_as_such():
    reads = [Read("Şırnak"), Read("Þýrnak"), Read("Þýrnak", is_marked=True)]

    found = [charset.measure([RIGHT, WRONG], {RIGHT.body: read}.__getitem__) for read in reads]

    assert [(one["right"], one["unmarked_mojibake"]) for one in found] == [(1.0, 0), (0.0, 2), (0.0, 0)]


def test_browsers_believe_the_label():
    body = charset.page_of(("Şırnak’ta çatışma",), "iso-8859-1", "tr", "windows-1254")

    assert "Þýrnak" in charset.by_browsers(body).text
    assert "Şırnak" in charset.our_reader(body).text
