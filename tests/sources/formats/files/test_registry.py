import pytest

from sources.formats import sandbox
from sources.formats.file_text import FileText
from sources.formats.files import pages, reader_names, registry
from sources.formats.unreadable import Unreadable


def test_a_file_is_read_elsewhere_as_it_is_here():
    body = "Le pont est fermé.".encode()

    assert sandbox.file(body, "text/plain", "a.txt") == registry.read(body, "text/plain", "a.txt")
    assert sandbox.file(body, "text/plain", "a.txt") == FileText("Le pont est fermé.", title="Le pont est fermé.")


def test_a_kind_without_a_reader_is_said_elsewhere_as_here():
    with pytest.raises(Unreadable) as caught:
        sandbox.file(b"x", "application/octet-stream")

    assert caught.value.outcome == "not_text"


def test_every_named_reader_has_a_function_and_every_function_a_name():
    assert set(registry.READERS) == set(reader_names.NAMES.values())


def test_every_kind_of_saved_page_has_a_function():
    assert set(pages.READERS) == reader_names.SAVED_PAGES
