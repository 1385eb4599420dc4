import io

import pytest

from sources.capturing import bringing, fetching
from sources.formats import sandbox
from sources.models import Document, Reading
from sources.models.vocabulary import Outcome
from sources.reading import page_pictures, reading
from tests import make, pdf_files
from tests.refusing import refused
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

FIRST = "The ministry said on Monday that twelve villages were evacuated before the storm came."
SECOND = "By Tuesday evening thirty-nine villages stood empty, said the prefect of the province."
BODY = pdf_files.written([(60, 700, FIRST)], [(60, 700, SECOND)])


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def brought(body=BODY):
    document = bringing.bring(io.BytesIO(body), "report.pdf", by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    return document.captures.get().readings.get()


def test_a_fetched_pdf_reads_like_one_that_was_brought(site):
    fetched = fetching.ask(site.says("/report.pdf", BODY, type="application/pdf"), by=make.reporter())
    drain(Document.objects.filter(pk=fetched.pk), fetching.fetch)
    drain(Reading.objects.all(), reading.read)

    other = brought()

    row = fetched.captures.get().readings.get()
    fetched.refresh_from_db()
    assert fetched.last_outcome == Outcome.OK
    assert (row.outcome, row.reader, row.text, row.parts) == (other.outcome, other.reader, other.text, other.parts)
    assert page_pictures.picture(row.capture, 2).startswith(b"\x89PNG")


def test_a_passage_knows_its_page_and_its_box():
    row = brought()

    ((page, (box,)),) = page_pictures.boxes(row.passages.get(exact=SECOND)).items()

    left, top, right, bottom = box
    assert page == 2
    assert (left, top) == pytest.approx((0.098, 0.157), abs=0.006)
    assert 0.6 < right < 0.85
    assert bottom - top < 0.03


def test_a_file_that_is_no_pdf_has_no_pictures_of_pages():
    document = bringing.bring(io.BytesIO(b"Only words."), "note.txt", by=make.reporter())

    with refused("no_picture"):
        page_pictures.picture(document.captures.get(), 1)


def test_a_page_that_unpacks_without_end_costs_its_time_and_the_next_file_is_read(monkeypatch):
    monkeypatch.setattr(sandbox, "FILE_LIMIT", 1.0)
    monkeypatch.setattr(reading, "MOST_PARSINGS", 0)

    assert brought(pdf_files.bomb(400)).outcome in {Outcome.UNPARSABLE, Outcome.EMPTY_EXTRACTION}

    assert brought().outcome == Outcome.OK
