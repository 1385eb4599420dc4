import pytest

from sources.formats.files import text
from sources.formats.unreadable import Unreadable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_text_is_read_in_its_own_character_set(encoding):
    body = "Le pont est fermé depuis lundi.\r\nLe maire l’a confirmé à l’hôtel de ville.".encode(encoding)

    found = text.read(body, "note.txt")

    assert found.text == "Le pont est fermé depuis lundi.\nLe maire l’a confirmé à l’hôtel de ville."
    assert found.title == "Le pont est fermé depuis lundi."


def test_a_long_first_line_is_no_title():
    assert text.read(b"word " * 100, "note.txt").title == "note.txt"


def test_a_file_of_spaces_holds_no_text():
    with pytest.raises(Unreadable) as caught:
        text.read(b" \r\n \t ", "note.txt")

    assert caught.value.outcome == "empty_extraction"


def test_of_a_huge_text_the_beginning_is_read_and_the_note_says_so(monkeypatch):
    monkeypatch.setattr(text, "MOST", 10)

    found = text.read(b"The bridge is closed.")

    assert (found.text, found.note) == ("The bridge", "Only the first 10 characters of this file were read.")
