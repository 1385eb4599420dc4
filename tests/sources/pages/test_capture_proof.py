import pytest

from sources.pages.capture_proof import PublicCopy, proof, shown_capture
from tests import make

pytestmark = pytest.mark.django_db

WHEN = "Dec. 2, 2024, 9:30 a.m."


@pytest.fixture(autouse=True)
def _utc(settings):
    settings.TIME_ZONE = "UTC"


def test_a_capture_shows_its_place_in_the_archive_and_in_the_chain():
    loose, linked = make.capture(), make.capture()
    link = make.link(linked)

    assert [shown_capture(loose).in_chain, shown_capture(linked).in_chain] == ["being added to the chain", str(link)]
    assert shown_capture(loose).place == "2024-12-02.warc.gz, offset 0, 1200 bytes"
    assert shown_capture(loose).download == "Download the file as the server sent it"


def test_a_capture_that_repeats_another_says_which():
    first = make.capture()
    again = make.capture(first.document, revisits=first)

    assert shown_capture(again).unchanged == f"Same content as the capture of {WHEN}, where the content is stored."
    assert shown_capture(first).unchanged == ""


def test_a_capture_with_a_browser_says_so_and_describes_its_screenshot():
    document = make.document("https://courier.example/x")
    attempt = make.attempt(document, final_url=document.url)
    shown = shown_capture(make.capture(document, attempt=attempt, browser="Chromium 140"))

    assert shown.browser == "with Chromium 140"
    assert shown.picture == f"The page https://courier.example/x as the browser showed it on {WHEN}"
    assert shown.download == "Download the page as the browser rendered it"


def test_the_proof_of_captures_is_their_timestamp(settings):
    capture = make.capture()
    settings.TIMESTAMP_URL = ""
    without = proof(capture.document).stamp
    settings.TIMESTAMP_URL = "https://stamps.example/"
    waits = proof(capture.document).stamp
    make.stamp(make.link(capture), stamped_at=make.MONDAY, authority="https://stamps.example/")

    assert without == "No timestamp authority is set up for the hash chain."
    assert waits == "No authority has timestamped the last of these captures yet."
    assert proof(capture.document).stamp.endswith(f"was timestamped on {WHEN} by https://stamps.example/.")
    assert proof(make.document()).stamp == ""


def test_copies_in_public_archives_are_told_with_where_they_are():
    document = make.document()
    make.external_archive(document)
    make.external_archive(document, refusal="it may not visit the page")
    make.external_archive(document, snapshot_url="https://web.example/x", snapshot_at=make.MONDAY)

    assert proof(document).copies == [
        PublicCopy(f"Wayback Machine: copy from {WHEN}", "https://web.example/x"),
        PublicCopy("Wayback Machine: no copy (it may not visit the page)"),
        PublicCopy("Wayback Machine: copy requested"),
    ]


@pytest.mark.parametrize(("url", "set_up", "asks"), [("https://a.example/", True, True), ("ni:///x", True, False)])
def test_a_copy_can_be_asked_of_pages_on_the_web_where_an_archive_is_set_up(url, set_up, asks, settings):
    settings.WAYBACK = set_up

    assert proof(make.document(url)).asks_archives is asks
