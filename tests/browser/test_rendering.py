"""Browser captures on the page of a document: requested with a button, and the screenshot looked at."""

import pytest

from sources.archive import storage, warc
from tests import make
from tests.browser.conftest import PHONE, follow
from tests.chromium import CHROMIUM
from tests.sources.archive.test_warc import Exchange


@pytest.fixture(autouse=True)
def _settings(settings, tmp_path):
    settings.CHROMIUM, settings.ARCHIVE_FOLDER = CHROMIUM or "", tmp_path


def captured(document, picture):
    """What a browser made of a document, with a picture."""
    seen = warc.View(b"<p>The bridge was closed.</p>", b"The bridge was closed.", picture)
    name, offset, length = storage.add(warc.view([Exchange()], [], seen, {}))
    row = make.capture(
        document, browser="Chromium 156.0.8078.79", warc_file=name, warc_offset=offset, warc_length=length
    )
    make.reading(capture_=row)
    make.rendering(document, done_at=make.MONDAY, due_at=None, capture=row)


def test_a_page_is_captured_at_the_press_of_a_button(enter, faults):
    document = make.document(due_at=None)
    page = enter(make.reporter(), document.get_absolute_url())
    assert faults(page) == {}

    follow(page, "role=button[name='Capture with a browser']")

    page.get_by_text("A browser capture has been requested.").wait_for()
    assert page.get_by_role("button", name="Capture with a browser").count() == 0


def test_the_picture_of_a_page_is_seen_on_a_phone(enter, faults, overhang):
    document = make.document(due_at=None)
    page = enter(make.viewer(), document.get_absolute_url())
    captured(document, page.screenshot())
    page.set_viewport_size(PHONE)
    page.reload()

    page.get_by_text("Screenshot").click()

    page.get_by_role("img", name="as the browser showed it on").evaluate("image => image.decode()")
    assert overhang(page) <= 0
    assert faults(page) == {}
