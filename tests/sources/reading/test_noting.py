import pytest

from sources.models import Reading
from sources.reading import noting, rereading
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

NOTE = "A photograph of a bridge. Two cars stand on it."


def test_a_note_is_one_passage_in_a_reading_that_is_no_coverage():
    row, by = make.bringing(), make.reporter()

    passage = noting.note(row.capture.document, f" {NOTE} ", by=by)

    reading = passage.reading
    assert (passage.exact, reading.text, reading.byline) == (NOTE, NOTE, str(by))
    assert (reading.is_note, reading.is_left_out, reading.capture) == (True, True, row.capture)
    assert LogEntry.objects.filter(verb="noted a file", actor=by).exists()


def test_a_file_can_have_several_notes_and_each_once():
    document = make.bringing().capture.document

    notes = [noting.note(document, text, by=make.reporter()) for text in (NOTE, "Another.", NOTE)]

    assert notes[0] == notes[2]
    assert Reading.objects.count() == 2


def test_no_reader_reads_again_what_a_person_noted():
    noting.note(make.bringing().capture.document, NOTE, by=make.reporter())

    assert rereading.reread() == 0


@pytest.mark.parametrize(("text", "code"), [(" ", "empty"), ("x" * 2_001, "too_long"), ("a\0b", "null_character")])
def test_what_cannot_be_a_note_is_refused(text, code):
    with refused(code, "text"):
        noting.note(make.bringing().capture.document, text, by=make.reporter())


def test_nothing_is_noted_of_what_is_not_kept_nor_by_who_only_reads():
    with refused("no_file"):
        noting.note(make.document(), NOTE, by=make.reporter())
    with pytest.raises(NotPermitted):
        noting.note(make.bringing().capture.document, NOTE, by=make.viewer())
