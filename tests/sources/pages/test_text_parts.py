import pytest

from sources.pages.notices import WARNING
from sources.pages.paragraphs import paragraphs
from sources.pages.text_parts import in_part, with_kinds
from tests import make

pytestmark = pytest.mark.django_db
TEXT = "The river rose by four metres.\nThree villages were emptied.\nThe bridge is shut."


def test_paragraphs_are_shown_with_the_kind_of_their_part():
    kinds = [
        {"kind": "standfirst", "start": 0, "end": 30, "at": ""},
        {"kind": "post", "start": 31, "end": 59, "at": "2026-11-25T08:05:00+00:00"},
        {"kind": "post", "start": 60, "end": 79, "at": ""},
    ]
    reading = make.reading(TEXT, parts=kinds)

    shown = with_kinds(reading, paragraphs(TEXT, []))

    assert [each.label for each in shown] == ["Standfirst", "Post, Nov. 25, 2026, 8:05 a.m.", "Post"]
    assert [each.pieces[0].text for each in shown] == TEXT.split("\n")


def test_a_text_without_parts_is_shown_as_before():
    reading = make.reading(f"\n{TEXT}\n")

    assert [each.label for each in with_kinds(reading, paragraphs(reading.text, []))] == ["", "", ""]


@pytest.mark.parametrize(("share", "is_told"), [(0.2, True), (0.499, True), (0.5, False), (1.0, False), (None, False)])
def test_a_reading_with_less_than_half_of_its_page_says_so(share, is_told):
    notices = in_part(make.reading(TEXT, share=share))

    assert [(each.look, each.title) for each in notices] == [(WARNING, "Read in part")] * is_told


def test_the_page_of_a_document_says_that_it_was_read_in_part_and_shows_the_kinds(client):
    reading = make.reading(TEXT, share=0.31, parts=[{"kind": "lead", "start": 0, "end": 30, "at": ""}])
    client.force_login(make.viewer())

    page = client.get(reading.get_absolute_url()).content.decode()

    assert "Read in part" in page
    assert "31% of the sentences" in page
    assert '<p class="small soft" lang="en">Lead</p>' in page
