import pytest
from django.core.management import call_command

from sources.capturing import fetching
from sources.formats import html
from sources.models import Change, Document, Reading
from sources.reading import reading, rereading
from sources.watching import watching
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


def test_what_an_older_reader_read_is_read_again_and_both_readings_stay():
    old = make.reading(reader="trafilatura@1")

    made = rereading.reread()

    assert made == 1
    assert set(old.capture.readings.values_list("reader", flat=True)) == {"trafilatura@1", html.READER}
    old.refresh_from_db()
    assert old.read_at is not None


def test_what_the_newest_reader_read_is_left_alone():
    capture = make.reading(reader="trafilatura@1").capture
    make.reading(capture_=capture, reader=html.READER)

    assert rereading.reread() == 0


def test_what_was_pasted_and_what_repeats_an_earlier_page_is_left_alone():
    make.reading(capture_=make.capture(make.document("ni:///sha-256;abc", host="")), reader="pasted@1")
    make.capture(revisits=make.reading(reader=html.READER).capture)

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
