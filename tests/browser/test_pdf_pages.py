"""Pages of PDFs in a real browser: the picture with its mark, on a phone, in the document and in a published report."""

import io

import pytest
from playwright.sync_api import expect

from claims.publishing import reporting
from sources.capturing import bringing, drawn_pictures
from sources.models import Reading
from sources.reading import reading
from tests import make, pdf_files, published
from tests.browser.conftest import PHONE
from workbench.desk.work_queue import drain

WORDS = "By Tuesday evening thirty-nine villages stood empty, said the prefect of the province."


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path, monkeypatch):
    settings.ARCHIVE_FOLDER, settings.UPLOAD_FOLDER = tmp_path / "archive", tmp_path / "uploads"
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path / "pictures")


def passage():
    body = pdf_files.written([(60, 700, "First page of the report.")], [(60, 700, WORDS)])
    bringing.bring(io.BytesIO(body), "تقرير-report.pdf", by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    return Reading.objects.get(reader="pdf@3").passages.get(exact=WORDS)


def test_the_page_with_the_passage_is_seen_on_a_phone_in_the_document_and_in_the_report(enter, faults, overhang):
    cited = passage()
    decision = published.decision()
    decision.cited.add(make.confirmed_evidence(decision.claim, passage_=cited))
    report = reporting.freeze(decision, by=make.editor(), language="fr")
    page = enter(make.reporter(), cited.get_absolute_url())
    page.set_viewport_size(PHONE)

    for address, picture in (
        (cited.get_absolute_url(), ".file-page img"),
        (report.get_absolute_url(), ".page-picture img"),
    ):
        page.goto("/".join(page.url.split("/")[:3]) + address)
        page.locator(picture).scroll_into_view_if_needed()
        expect(page.locator(picture)).to_have_js_property("naturalWidth", 1_000, timeout=20_000)
        assert (faults(page), overhang(page)) == ({}, 0)
