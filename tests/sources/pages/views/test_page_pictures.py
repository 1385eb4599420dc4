import io

import pytest
from PIL import Image

from sources.capturing import bringing
from sources.models import Reading
from sources.reading import reading
from tests import make, pdf_files
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

FIRST = "The ministry said on Monday that twelve villages were evacuated before the storm came."
SECOND = "By Tuesday evening thirty-nine villages stood empty, said the prefect of the province."


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def brought(*pages, body=b""):
    body = body or pdf_files.written(*[[(60, 700, words)] for words in pages])
    document = bringing.bring(io.BytesIO(body), "report.pdf", by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    return document


def shown(client, address):
    client.force_login(make.reporter())
    return client.get(address)


def test_the_page_of_a_pdf_shows_the_page_of_the_passage_and_marks_it(client):
    document = brought(FIRST, SECOND)
    passage = Reading.objects.get().passages.get(exact=SECOND)

    html = shown(client, passage.get_absolute_url()).content.decode()

    picture = f"/sources/captures/{document.captures.get().pk}/pages/2.png?passage={passage.pk}"
    assert "Page 2 of 2" in html
    assert f'src="{picture}" alt="Page 2 with the passage marked; its text follows."' in html
    assert f'id="passage-{passage.pk}"' in html
    assert FIRST not in html


def test_the_picture_of_a_page_is_a_png_that_marks_the_passage_and_nothing_else(client):
    document = brought(FIRST, SECOND)
    passage = Reading.objects.get().passages.get(exact=SECOND)
    address = f"/sources/captures/{document.captures.get().pk}/pages/2.png"

    plain, marked = shown(client, address), client.get(f"{address}?passage={passage.pk}")

    colors = [Image.open(io.BytesIO(answer.content)).convert("RGB").getcolors(9_000) for answer in (plain, marked)]
    assert [(255, 233, 120) in {color for _number, color in each} for each in colors] == [False, True]
    assert (marked["Content-Type"], marked["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "sandbox" in marked["Content-Security-Policy"]
    again = client.get(f"{address}?passage={passage.pk}", headers={"if-none-match": marked["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("page", [0, 3, 999_999])
def test_a_page_that_a_file_has_not_is_not_found(client, page):
    document = brought(FIRST, SECOND)

    assert shown(client, f"/sources/captures/{document.captures.get().pk}/pages/{page}.png").status_code == 404


def test_pages_are_turned_by_links_and_the_whole_text_is_one_link_away(client):
    document = brought(FIRST, SECOND)
    row = Reading.objects.get()

    first = shown(client, document.get_absolute_url()).content.decode()
    second = client.get(f"{document.get_absolute_url()}?page=2").content.decode()
    whole = client.get(f"{document.get_absolute_url()}?page=all").content.decode()

    assert f'href="{document.get_absolute_url()}?reading={row.pk}&amp;page=2#text" rel="next"' in first
    assert 'rel="prev"' in second
    assert SECOND in second
    assert FIRST in whole
    assert SECOND in whole
    assert ".png" not in whole


def test_a_scan_shows_its_pages_and_says_that_it_holds_no_text(client):
    document = brought(body=pdf_files.scanned(2))

    html = shown(client, f"{document.get_absolute_url()}?page=2").content.decode()

    assert "Page 2 of 2" in html
    assert f"/sources/captures/{document.captures.get().pk}/pages/2.png" in html
    assert "The pages of this PDF are pictures" in html
