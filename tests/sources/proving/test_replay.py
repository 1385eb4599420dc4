from datetime import timedelta

import pytest
from django.core import signing
from django.utils import translation

from sources.proving import replay
from sources.reading import pasting
from tests import make
from tests.archived import archived
from tests.refusing import refused

pytestmark = pytest.mark.django_db

APP = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER, settings.ARCHIVE_HOST = tmp_path, "captures.localhost"


def ticket(capture):
    return replay.ticket(replay.address(capture, APP).rpartition("/")[2])


@pytest.mark.parametrize(
    ("host", "app", "origin"),
    [
        ("captures.localhost", "http://127.0.0.1:8000", "http://captures.localhost:8000"),
        ("captures.localhost", "http://[::1]:8000", "http://captures.localhost:8000"),
        ("captures.example", "https://desk.example", "https://captures.example"),
        ("captures.example:8443", "https://desk.example", "https://captures.example:8443"),
        ("", "https://desk.example", ""),
        ("https://captures.example/", "https://desk.example", ""),
        ("captures.example; script-src *", "https://desk.example", ""),
    ],
)
def test_captured_pages_have_an_origin_of_their_own(settings, host, app, origin):
    settings.ARCHIVE_HOST = host

    assert replay.origin(app) == origin


def test_an_address_stands_for_one_capture_in_one_workbench_for_one_reader(tmp_path):
    capture = archived(tmp_path, "<p>Closed.</p>")

    with translation.override("fr"):
        given = ticket(capture)

    assert given == replay.Ticket(capture.pk, APP, "fr", ended=False)


@pytest.mark.parametrize("token", ["", "x", "x:y:z", "W10:1:x"])
def test_an_address_that_we_did_not_sign_stands_for_nothing(token):
    with refused("not_found"):
        replay.ticket(token)


def test_what_we_signed_for_something_else_is_no_address():
    with refused("not_found"):
        replay.ticket(signing.dumps([make.capture().pk, APP, "en"], salt="another"))


def test_an_address_that_has_ended_still_says_whose_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(replay, "LASTS", timedelta(seconds=-1))
    given = ticket(archived(tmp_path, "<p>Closed.</p>"))

    assert (given.app, given.ended) == (APP, True)
    with refused("expired"):
        replay.still(given)


@pytest.mark.parametrize(
    ("body", "content_type", "shown"),
    [
        ("<p>Closed.</p>", "text/html", ("<p>Closed.</p>", "text/html")),
        ("<p>Closed.</p>", "", ("<p>Closed.</p>", "text/html")),
        ("<p>Closed.</p>", "Application/XHTML+XML; charset=utf-8", ("<p>Closed.</p>", "text/html")),
        ("<link rel=x>", "text/html", ("<basefont  rel=x>", "text/html")),
        ("a <a b>", "text/plain", ("a <a b>", "text/plain")),
        ("الجسر".encode("windows-1256"), "text/html; charset=windows-1256", ("الجسر", "text/html")),
        ("fermé\ufeff".encode("utf-16"), "text/html", ("fermé", "text/html")),
    ],
)
def test_a_page_is_decoded_as_it_declares_and_made_inert(tmp_path, body, content_type, shown):
    assert replay.still(ticket(archived(tmp_path, body, content_type))) == shown


def test_what_repeats_an_earlier_payload_looks_as_that_did(tmp_path):
    earlier = archived(tmp_path, "<p>Closed.</p>")
    capture = make.capture(earlier.document, revisits=earlier, content_type=earlier.content_type)

    assert replay.still(ticket(capture)) == ("<p>Closed.</p>", "text/html")


def test_a_pasted_text_is_shown_as_text():
    reading = pasting.keep_pasted("<b>Closed.</b>", by=make.reporter(), language="en")

    assert replay.still(ticket(reading.capture)) == ("<b>Closed.</b>", "text/plain")


@pytest.mark.parametrize("content_type", ["application/pdf", "image/svg+xml", "text/xml", "multipart/related", "html"])
def test_what_is_no_page_is_not_shown(tmp_path, content_type):
    with refused("not_a_page"):
        replay.still(ticket(archived(tmp_path, "%PDF", content_type)))


def test_a_capture_that_the_archive_does_not_hold_is_not_shown():
    with refused("unreadable"):
        replay.still(ticket(make.capture()))
