import re

import pytest
from django.urls import reverse

from tests import make
from tests.archived import archived
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

HOST = "captures.localhost"
POLICY = "Content-Security-Policy"


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER, settings.ARCHIVE_HOST = tmp_path, HOST


def page_of(capture):
    return reverse("sources:capture", args=[capture.pk])


def frames(answer):
    return re.findall(r"<iframe[^>]*>", answer.content.decode())


@pytest.mark.parametrize("role", Role)
def test_whoever_may_read_the_text_may_see_how_it_looked(client, tmp_path, role):
    capture = archived(tmp_path, "<p>Closed.</p>")
    client.force_login(make.user(role))

    (frame,) = frames(client.get(page_of(capture)))

    address = re.search(rf' sandbox src="http://{HOST}(/[^"]+)"', frame)[1]
    assert client.get(address, headers={"host": HOST}).content == b"<p>Closed.</p>"
    assert client.get(address).status_code == 404


def test_a_stranger_signs_in_first(client, tmp_path):
    page = page_of(archived(tmp_path, "<p>Closed.</p>"))

    assert client.get(page).url == f"{reverse('login')}?next={page}"


def test_the_frame_may_hold_captured_pages_only_and_no_other_page_may_hold_them(client, tmp_path):
    capture = archived(tmp_path, "<p>Closed.</p>")
    client.force_login(make.viewer())

    framing, other = client.get(page_of(capture)), client.get(capture.document.get_absolute_url())

    sources = [re.findall(r"frame-src [^;]*", answer[POLICY]) for answer in (framing, other)]
    assert sources == [[f"frame-src http://{HOST}"], []]
    assert "no-store" in framing["Cache-Control"]


def test_the_page_says_what_is_seen_and_its_address_is_no_link(client, tmp_path):
    capture = archived(tmp_path, "<p>Closed.</p>")
    client.force_login(make.viewer())

    html = client.get(page_of(capture)).content.decode()

    assert [words for words in (capture.document.url, capture.sha256, "Dec. 2, 2024") if words not in html] == []
    assert f'href="{capture.document.url}"' not in html


@pytest.mark.parametrize(
    ("host", "content_type", "said"),
    [("", "text/html", "need their own host name"), (HOST, "application/pdf", "because it is not a page")],
)
def test_what_cannot_be_shown_is_said(client, settings, tmp_path, host, content_type, said):
    settings.ARCHIVE_HOST = host
    capture = archived(tmp_path, "<p>Closed.</p>", content_type)
    client.force_login(make.viewer())

    answer = client.get(page_of(capture))

    assert (frames(answer), "frame-src" in answer[POLICY]) == ([], False)
    assert said in answer.content.decode()


def test_the_document_leads_to_the_captures_that_can_be_seen(client, tmp_path):
    page = archived(tmp_path, "<p>Closed.</p>")
    file = archived(tmp_path, "%PDF", "application/pdf", document_=page.document)
    client.force_login(make.viewer())

    html = client.get(page.document.get_absolute_url()).content.decode()

    assert [page_of(capture) in html for capture in (page, file)] == [True, False]
