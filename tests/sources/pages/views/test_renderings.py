import pytest
from django.urls import reverse

from sources.archive import storage, warc
from sources.models import Rendering
from tests import make
from tests.chromium import CHROMIUM, NO_CHROMIUM
from tests.sources.archive.test_warc import Exchange

pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def captured(settings, tmp_path):
    """A browser capture whose records are in the archive."""
    settings.ARCHIVE_FOLDER = tmp_path
    records = warc.view([Exchange()], [], warc.View(b"<p>Bridge</p>", b"Bridge", PICTURE), {})
    name, offset, length = storage.add(records)
    return make.capture(browser="Chromium 156.0", warc_file=name, warc_offset=offset, warc_length=length)


def page_of(client, document):
    return client.get(reverse("sources:document", args=[document.pk])).content.decode()


def test_the_picture_is_shown_as_a_picture_and_nothing_else(client, captured):
    client.force_login(make.viewer())

    answer = client.get(reverse("sources:screenshot", args=[captured.pk]))

    assert answer.content == PICTURE
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")


def test_a_capture_as_served_has_no_picture(client):
    client.force_login(make.viewer())

    assert client.get(reverse("sources:screenshot", args=[make.capture().pk])).status_code == 404


def test_a_picture_that_the_archive_does_not_hold_is_not_found(client, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    client.force_login(make.viewer())

    assert client.get(reverse("sources:screenshot", args=[make.capture(browser="x").pk])).status_code == 404


def test_the_page_says_which_browser_and_what_the_picture_shows(client, captured):
    client.force_login(make.reviewer())

    page = page_of(client, captured.document)

    assert "with Chromium 156.0" in page
    assert f'src="{reverse("sources:screenshot", args=[captured.pk])}" alt="The page ' in page
    assert "Download the page as the browser rendered it" in page


@pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)
def test_a_reporter_has_a_page_captured(client, settings):
    settings.CHROMIUM = CHROMIUM
    document = make.document(due_at=None)
    client.force_login(make.reporter())
    assert "Capture with a browser" in page_of(client, document)

    answer = client.post(reverse("sources:render", args=[document.pk]), follow=True)

    assert Rendering.objects.get().document == document
    assert "A browser is capturing the page." in answer.content.decode()
    assert "<button>Capture with a browser" not in answer.content.decode()


@pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)
@pytest.mark.parametrize("outcome", ["robots_denied", "policy_denied"])
def test_where_nobody_may_fetch_a_page_it_says_so_in_place_of_the_button(client, settings, outcome):
    settings.CHROMIUM = CHROMIUM
    client.force_login(make.reporter())

    page = page_of(client, make.document(due_at=None, last_outcome=outcome))

    assert "A browser is not allowed to open this page either" in page
    assert "<button>Capture with a browser" not in page


def test_a_viewer_has_nothing_captured(client):
    document = make.document()
    client.force_login(make.viewer())

    assert client.post(reverse("sources:render", args=[document.pk])).status_code == 403
    assert not Rendering.objects.exists()


def test_without_a_browser_the_page_says_why_there_is_no_button(client, settings):
    settings.CHROMIUM = "no-such-browser"
    document = make.document()
    client.force_login(make.reporter())

    page = page_of(client, document)
    answer = client.post(reverse("sources:render", args=[document.pk]), follow=True)

    assert "Chromium is not installed on this server" in page
    assert "Install Chromium" in answer.content.decode()


def test_the_page_says_that_a_capture_came_to_nothing(client):
    document = make.document()
    make.rendering(document, done_at=make.MONDAY, due_at=None, problem="The page needs more memory.")
    client.force_login(make.viewer())

    assert "The last browser capture failed: The page needs more memory." in page_of(client, document)
