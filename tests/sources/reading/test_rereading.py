from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sources.capturing import fetching
from sources.formats import article
from sources.models import Change, Document, Passage, Reading, retention
from sources.models.vocabulary import SourceVerb
from sources.reading import reading, rereading
from sources.watching import watching
from tests import make
from tests.sources.conftest import PAGE
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


def test_what_an_older_reader_read_is_read_again_and_both_readings_stay():
    old = make.reading(reader="trafilatura@1")

    made = rereading.reread()

    assert made == 1
    assert set(old.capture.readings.values_list("reader", flat=True)) == {"trafilatura@1", article.READER}
    old.refresh_from_db()
    assert old.read_at is not None


def test_what_the_newest_reader_read_is_left_alone():
    capture = make.reading(reader="trafilatura@1").capture
    make.reading(capture_=capture, reader=article.READER)

    assert rereading.reread() == 0


def test_what_was_pasted_and_what_repeats_an_earlier_page_is_left_alone():
    make.reading(capture_=make.capture(make.document("ni:///sha-256;abc", host="")), reader="pasted@1")
    make.capture(revisits=make.reading(reader=article.READER).capture)

    assert rereading.reread() == 0


def test_it_can_be_asked_for_twice(capsys):
    make.reading(reader="trafilatura@1")

    call_command("reread")
    call_command("reread")

    assert capsys.readouterr().out.splitlines() == [
        "1 captures are due to be read again.",
        "0 captures are due to be read again.",
    ]


def test_a_newer_reader_is_no_edit_of_the_page(site):
    document = fetching.ask(site.says("/pont"), by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    capture = document.captures.get()
    make.reading("Le pont.", capture_=capture, reader="trafilatura@1")

    drain(Reading.objects.filter(read_at=None), reading.read)
    drain(Change.objects.all(), watching.compare)

    assert capture.readings.filter(read_at__isnull=False).count() == 2
    assert not Change.objects.exists()


def taken_away(site, path="/pont"):
    """A page that was fetched and read, and whose text was removed."""
    document = fetching.ask(site.says(path), by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    drain(Reading.objects.all(), reading.read)
    row = Reading.objects.get(capture__document=document)
    expire(row)
    return row


def expire(row):
    make.text_removal(row)
    Reading.objects.filter(pk=row.pk).update(text="")
    Passage.objects.filter(reading=row).delete()


def test_a_removed_text_is_extracted_again_from_the_archive_as_it_was(site):
    row = taken_away(site)

    asked = rereading.put_back(row.capture.document, by=make.reporter())
    drain(Reading.objects.all(), reading.read)

    row.refresh_from_db()
    assert asked == row
    assert make.sha256(row.text) == row.sha256
    assert [row.text[each.start : each.end] for each in row.passages.all()] == [
        each.exact for each in row.passages.all()
    ]
    assert row.passages.count() > 0
    assert (row.due_at, row.trouble) == (None, "")
    assert row.removals.get().restored_at is not None
    assert LogEntry.objects.get(verb=SourceVerb.ASKED_FOR_TEXT).subject == f"document {row.capture.document_id}"


def test_a_text_that_is_back_is_kept_as_long_as_a_new_one(site):
    row = taken_away(site)
    rereading.put_back(row.capture.document, by=make.reporter())
    drain(Reading.objects.all(), reading.read)

    later = timezone.now() + timedelta(days=400)
    kept = retention.readings().of_age(later).unrested(timezone.now() - timedelta(days=1))
    gone = retention.readings().of_age(later).unrested(later)

    assert (list(kept), list(gone)) == ([], [row])


def test_a_newer_reader_gives_a_reading_of_its_own_and_the_removed_text_stays_away(site):
    row = taken_away(site)
    other = make.reading(
        "Removed.", capture_=make.capture(row.capture.document, **same_place(row)), reader="trafilatura@1"
    )
    expire(other)

    rereading.put_back(row.capture.document, by=make.reporter())
    drain(Reading.objects.all(), reading.read)

    other.refresh_from_db()
    made = other.capture.readings.get(reader=article.READER)
    assert (other.text, other.due_at, other.trouble) == ("", None, "")
    assert "Douze personnes" in made.text


def same_place(row):
    """Where the records of a capture are, for a later capture of the same page."""
    names = ["warc_file", "warc_offset", "warc_length", "content_type"]
    return {name: getattr(row.capture, name) for name in names} | {"taken_at": timezone.now()}


def test_a_text_that_cannot_come_back_as_it_was_stays_away_and_says_why(site):
    row = taken_away(site)
    other = taken_away(site, "/autre")
    moved = make.reading(
        "Another.", capture_=make.capture(other.capture.document, **same_place(row)), reader=article.READER
    )
    expire(moved)

    rereading.put_back(other.capture.document, by=make.reporter())
    drain(Reading.objects.all(), reading.read)

    moved.refresh_from_db()
    assert (moved.text, moved.passages.count()) == ("", 0)
    assert moved.trouble == "The archive now gives another text than the one that was removed."


def test_a_text_that_was_not_removed_is_not_put_back():
    row = make.reading(reader=article.READER)

    with pytest.raises(Refusal) as refused:
        rereading.put_back(row.capture.document, by=make.reporter())
    row.ask()
    drain(Reading.objects.all(), reading.read)

    assert refused.value.code == "nothing"
    assert row.passages.count() == 2


def test_readers_of_the_desk_cannot_ask_for_a_removed_text():
    row = make.reading()
    expire(row)

    with pytest.raises(NotPermitted):
        rereading.put_back(row.capture.document, by=make.viewer())


def test_removed_texts_stay_away_when_everything_is_read_again_by_a_newer_reader():
    expire(make.reading(reader="trafilatura@1"))

    assert rereading.reread() == 0


def test_a_page_that_changed_after_its_text_was_removed_is_compared_once_the_text_is_back(site):
    row = taken_away(site)
    document = row.capture.document
    site.says("/pont", PAGE.replace("Douze", "Treize"))

    document.ask()
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    for _round in range(3):
        drain(Reading.objects.all(), reading.read)
    drain(Change.objects.all(), watching.compare)

    change = Change.objects.get()
    assert change.before == row
    assert [(edit.kind, "Treize" in edit.new) for edit in change.edits.all()] == [("changed", True)]


def test_the_command_extracts_the_removed_text_of_one_document(site, capsys):
    row = taken_away(site)
    by = make.reporter()

    call_command("reread", "--removed", str(row.capture.document_id), "--by", by.username)
    drain(Reading.objects.all(), reading.read)

    row.refresh_from_db()
    assert row.text
    with pytest.raises(CommandError, match="No text of this document was removed"):
        call_command("reread", "--removed", str(row.capture.document_id), "--by", by.username)
    with pytest.raises(CommandError, match="User matching"):
        call_command("reread", "--removed", str(row.capture.document_id))
