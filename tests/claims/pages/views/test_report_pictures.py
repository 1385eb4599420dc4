import io
import json
import re

import pytest

from claims.models.vocabulary import CorrectionKind
from claims.pages import claim_page
from claims.publishing import report_content, reporting
from claims.publishing.exports import evidence_table
from claims.publishing.exports.pdf import pdf
from sources.capturing import bringing, drawn_pictures
from sources.models import Reading
from sources.reading import reading
from tests import make, pdf_files, published
from tests.reading_back import with_pdfium
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

FIRST = "The ministry said on Monday that twelve villages were evacuated before the storm came."
SECOND = "By Tuesday evening thirty-nine villages stood empty, said the prefect of the province."


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path, monkeypatch):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path / "pictures")


def decided():
    body = pdf_files.written([(60, 700, FIRST)], [(60, 700, SECOND)])
    bringing.bring(io.BytesIO(body), "report.pdf", by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    decision = published.decision()
    passage = Reading.objects.get(reader="pdf@3").passages.get(exact=SECOND)
    decision.cited.add(make.confirmed_evidence(decision.claim, passage_=passage))
    return decision


def report():
    decision = decided()
    content = report_content.of(decision.claim, decision, "en")
    return reporting.freeze(decision, by=make.editor(), language="en"), next(
        item for item in content["evidence"] if item["exact"] == SECOND
    )


def test_a_report_cites_the_page_and_shows_its_picture_to_anybody(client):
    row, item = report()

    html = client.get(row.get_absolute_url()).content.decode()
    answer = client.get(f"/reports/{row.number}/evidence/{item['number']}.png")

    assert (item["pages"], item["page"], item["page_words"]) == ("2", 2, SECOND)
    assert "p. 2 ·" in html
    assert f'src="/reports/{row.number}/evidence/{item["number"]}.png"' in html
    assert 'alt="Page 2 of the file, with the passage marked"' in html
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert len(list(drawn_pictures.FOLDER.iterdir())) == 1


def test_evidence_that_stands_on_no_page_has_no_picture(client):
    row, item = report()
    others = [each["number"] for each in json.loads(row.content)["evidence"] if each["number"] != item["number"]]

    codes = [client.get(f"/reports/{row.number}/evidence/{number}.png").status_code for number in [*others, 99]]

    assert set(codes) == {404}


def test_a_retracted_report_shows_no_picture(client):
    row, item = report()
    published.correct(row, by=make.editor(), kind=CorrectionKind.RETRACTION, text="It was another file.")

    assert client.get(f"/reports/{row.number}/evidence/{item['number']}.png").status_code == 404


def test_the_pdf_prints_the_page_and_the_table_names_it():
    if pdf.layout() is None:
        pytest.skip("no pango: apt-get install libpangoft2-1.0-0")
    row, _item = report()

    made = pdf.render(row)

    assert "p. 2 ·" in with_pdfium(made)
    assert made.count(b"/Subtype /Image") + made.count(b"/Subtype/Image") >= 1
    assert evidence_table.columns(row)[-1] == "pages"
    assert next(each for each in evidence_table.rows(row) if SECOND in each)[-1] == "2"


def test_the_page_of_a_claim_tells_and_links_the_page_on_which_evidence_stands(client):
    decision = decided()
    shown = decision.claim.evidence.get(passage__exact=SECOND)
    client.force_login(make.editor())

    page = client.get(f"{decision.claim.get_absolute_url()}?passage={shown.pk}").content.decode()
    of_a_suggestion = claim_page.shown_evidence(make.evidence(passage_=shown.passage))

    assert page.count(f'<a href="{shown.passage.get_absolute_url()}">p. 2</a>') == 1
    assert of_a_suggestion.pages == "p. 2"


def test_who_may_agree_to_a_report_sees_its_pages_in_the_preview(client):
    decision = decided()
    proposed = make.proposed_report(decision)
    client.force_login(make.reviewer())

    html = client.get(f"/proposed-reports/{proposed.pk}/preview/").content.decode()

    src = re.search(r'<figure class="page-picture">\s*<img src="([^"]+)"', html)[1]
    answer = client.get(src)
    assert src.startswith("/sources/captures/")
    assert "?passage=" in src
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
