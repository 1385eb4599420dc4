import pytest

from sources.models import Reading
from sources.models.file_pages import are_marked, cited, pages_at, pages_of

TEXT = "One ends. Two begins here and ends on three."


def paged(*labels, ends=(9, 30, 44)):
    starts = (0, 10, 31)
    parts = [
        {"kind": "page", "start": start, "end": end, "at": str(at), "label": label}
        for at, (start, end, label) in enumerate(zip(starts, ends, labels, strict=True), start=1)
    ]
    return Reading(text=TEXT, reader="pdf@1", parts=[{"kind": "lead", "start": 0, "end": 9, "at": ""}, *parts])


@pytest.mark.parametrize(
    ("span", "pages", "label"),
    [((0, 9), [1], "i"), ((10, 44), [2, 3], "ii–14"), ((30, 31), [], ""), ((31, 44), [3], "14")],
)
def test_a_span_stands_on_its_pages_and_is_cited_by_what_is_printed_on_them(span, pages, label):
    found = pages_at(paged("i", "ii", "14"), *span)

    assert [page.number for page in found] == pages
    assert cited(found) == label


def test_a_page_without_a_printed_number_is_cited_by_its_place_in_the_file():
    assert [page.label for page in pages_of(paged("", "", "14"))] == ["1", "2", "14"]


def test_a_page_tells_which_words_of_a_passage_are_its_own_and_where_they_begin():
    second = pages_of(paged("1", "2", "3"))[1]

    assert second.words(TEXT, 0, 44) == TEXT[10:30]
    assert (second.offset(20), second.offset(0)) == (0.5, 0.0)


def test_only_what_was_read_in_the_file_itself_is_marked_on_its_pages():
    assert are_marked(Reading(reader="pdf@1"))
    assert not are_marked(Reading(reader="tesseract@5.3.0+fra"))
