import pytest

from sources.formats import sandbox
from sources.formats.file_text import FileText
from sources.formats.files import kinds, registry
from sources.formats.unreadable import Unreadable


def test_a_file_is_read_elsewhere_as_it_is_here():
    body = "Le pont est fermé.".encode()

    assert sandbox.file(body, "text/plain", "a.txt") == registry.read(body, "text/plain", "a.txt")
    assert sandbox.file(body, "text/plain", "a.txt") == FileText("Le pont est fermé.", title="Le pont est fermé.")


def test_a_kind_without_a_reader_is_said_elsewhere_as_here():
    with pytest.raises(Unreadable) as caught:
        sandbox.file(b"x", "application/octet-stream")

    assert caught.value.outcome == "not_text"


def test_every_reader_has_a_version_and_a_kind():
    known = {kind.media_type for kind in kinds.KINDS.values()}

    assert set(registry.READERS) <= known
    assert all(registry.current()[registry.family(each.name)] == each.name for each in registry.READERS.values())
