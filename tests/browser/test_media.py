"""Pictures and recordings in a real browser: a region is drawn with the pointer, and a recording plays."""

from io import BytesIO

import pytest

from sources.capturing import bringing
from sources.models import MarkedPlace, Reading
from sources.reading import reading
from tests import make
from tests.browser.conftest import PHONE, follow
from tests.sources.formats.files.test_film import sound
from tests.sources.reading.test_fingerprinting import PHOTOGRAPH, copy
from workbench.desk.work_queue import drain

LENGTH = """() => new Promise((told) => {
  const player = document.querySelector('audio');
  if (player.readyState) { told(player.duration); }
  player.addEventListener('loadedmetadata', () => told(player.duration));
  player.addEventListener('error', () => told(player.error.code));
  if (player.error) { told(player.error.code); }
})"""
NOTE = "العمود الشمالي مكسور"


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER, settings.UPLOAD_FOLDER = tmp_path / "archive", tmp_path / "uploads"
    settings.ARCHIVE_HOST = "captures.localhost"


def bring(person, body, name):
    document = bringing.bring(BytesIO(body), name, by=person)
    drain(Reading.objects.all(), reading.read)
    return document


def test_a_region_is_drawn_with_the_pointer_and_the_page_fits_a_phone(enter, faults, overhang):
    person = make.reporter()
    bring(person, copy(), "copy.png")
    document = bring(person, PHOTOGRAPH.read_bytes(), "bridge.jpg")
    page = enter(person, document.get_absolute_url())
    page.set_viewport_size(PHONE)
    follow(page, "text=Mark a region")
    edge = page.locator("#pictured svg").bounding_box()

    page.mouse.move(edge["x"] + edge["width"] * 0.25, edge["y"] + edge["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(edge["x"] + edge["width"] * 0.75, edge["y"] + edge["height"] * 0.75)
    page.mouse.up()
    page.fill("#id_note", NOTE)
    assert (faults(page), overhang(page)) == ({}, 0)
    follow(page, "button.main")

    page.wait_for_selector("mark")
    place = MarkedPlace.objects.get()
    assert [abs(got - drawn) <= 3 for got, drawn in zip(place.region, (250, 500, 500, 250), strict=True)] == [True] * 4
    assert (faults(page), overhang(page)) == ({}, 0)


def test_a_recording_plays_from_the_archive_host(enter, faults):
    person = make.reporter()
    page = enter(person, bring(person, sound(), "mayor.wav").get_absolute_url())

    assert page.evaluate(LENGTH) == 3
    follow(page, "text=Mark a time range")
    page.evaluate(LENGTH)
    page.evaluate("document.querySelector('audio').currentTime = 1.5")
    page.click("text=End here")

    assert page.input_value("#id_ends") == "1.50"
    assert faults(page) == {}
