import hashlib
import json
import os
import signal

import pytest

from sources.archive import verify, warc
from sources.capturing import fetching, preserving, rendering
from sources.models import Capture, Change, Document, FetchAttempt, Passage, Reading, Rendering
from sources.models.vocabulary import Outcome
from sources.proving import evidence_package
from sources.reading import pasting, reading
from sources.web import browser
from tests import make
from tests.chromium import CHROMIUM, NO_CHROMIUM
from tests.refusing import refused
from tests.sealed import fetched, seal
from tests.sources.conftest import PAGE
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db
with_chromium = pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)

STORY = "The bridge at Arvel was closed on Monday after a landslide, the authority said in the evening."
LATER = STORY.replace("Monday", "Tuesday")
BY_SCRIPT = """<!doctype html><html><body><div id="root"></div><script src="/app.js"></script></body></html>"""
PROGRAM = """fetch("/story.json").then(answer => answer.json()).then(story => {
  document.getElementById("root").innerHTML = "<article><h1>Bridge closed</h1><p>" + story.text + "</p></article>";
});"""


@pytest.fixture(autouse=True)
def _browser(settings):
    """The browser of the tests; without its sandbox, which not every container allows."""
    settings.CHROMIUM, settings.BROWSER_SANDBOX = CHROMIUM or "", False


def tell(site, text=STORY):
    site.says("/app.js", PROGRAM, Content_Type="text/javascript")
    site.says("/story.json", json.dumps({"text": text}), Content_Type="application/json")
    return site.says("/bridge", BY_SCRIPT)


def work():
    """Do what is due until nothing is."""
    while drain(Reading.objects.all(), reading.read) + drain(Rendering.objects.all(), rendering.render):
        continue


def read(url):
    [document] = fetched(url)
    work()
    document.refresh_from_db()
    return document


def ask(document):
    row = rendering.ask(document, by=make.reporter())
    drain(Rendering.objects.filter(pk=row.pk), rendering.render)
    row.refresh_from_db()
    return row


@with_chromium
def test_a_page_without_text_is_captured_with_a_browser_and_read(site):
    document = read(tell(site))

    row = Rendering.objects.get()
    assert (row.because.browser, row.asked_by, row.problem) == ("", None, "")
    assert row.capture.browser.startswith("Chromium ")
    assert document.last_outcome == Outcome.OK
    assert STORY in [passage.exact for passage in Passage.objects.filter(reading__capture=row.capture)]
    outcomes = Reading.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.EMPTY_EXTRACTION, Outcome.OK]


@with_chromium
def test_what_a_browser_made_is_kept_with_all_it_was_made_of(site):
    document = read(tell(site))

    row = Rendering.objects.get()
    body = preserving.payload_of(row.capture)
    assert STORY in body.decode()
    assert (row.capture.sha256, row.capture.size) == (hashlib.sha256(body).hexdigest(), len(body))
    assert row.capture.wire_sha256 == hashlib.sha256(BY_SCRIPT.encode()).hexdigest()
    assert hashlib.sha256(preserving.screenshot_of(row.capture)).hexdigest() == row.screenshot_sha256
    assert row.parts == 2
    records = preserving.records_of(row.capture)
    kinds = [found.rec_type for found in warc.ArchiveIterator(warc.BytesIO(records))]
    assert kinds == [*["response", "request", "metadata"] * 3, "conversion", "conversion", "resource"]
    assert document.attempts.count() == 2


@with_chromium
def test_a_package_with_it_is_valid_and_names_the_page(site, tmp_path):
    document = read(tell(site))
    seal()

    path = tmp_path / "package.wacz"
    path.write_bytes(evidence_package.export(document.captures.all(), by=make.reviewer(), title="Bridge").read())

    with verify.zipfile.ZipFile(path) as package:
        pages = package.read(verify.PAGES).decode()
    assert verify.check(path).faults == []
    assert [json.loads(line)["url"] for line in pages.splitlines()[1:]] == [document.url] * 2


@with_chromium
def test_a_page_with_a_text_is_not_given_to_a_browser(site):
    read(site.says("/bridge", PAGE))

    assert not Rendering.objects.exists()


@with_chromium
def test_a_machine_that_is_told_not_to_asks_for_no_browser(site, settings):
    settings.BROWSER = False

    document = read(tell(site))

    assert document.last_outcome == Outcome.EMPTY_EXTRACTION
    assert not Rendering.objects.exists()


def test_without_a_browser_nothing_fails(site, settings):
    settings.CHROMIUM = "no-such-browser"

    document = read(tell(site))

    assert document.last_outcome == Outcome.EMPTY_EXTRACTION
    assert not Rendering.objects.exists()
    with refused("no_browser"):
        rendering.ask(document, by=make.reporter())


def test_a_worker_without_a_browser_says_so(settings):
    settings.CHROMIUM = "no-such-browser"
    row = make.rendering()

    drain(Rendering.objects.all(), rendering.render)

    row.refresh_from_db()
    assert "no browser on this server" in row.problem
    assert (row.capture, row.trouble) == (None, "")


@with_chromium
def test_a_page_is_rendered_once_for_a_capture(site, settings):
    document = read(tell(site))
    served = Capture.objects.get(browser="")

    Reading.objects.create(capture=served, reader="older@1")
    work()

    document.refresh_from_db()
    assert Rendering.objects.count() == 1
    assert document.last_outcome == Outcome.OK


@with_chromium
def test_an_unchanged_page_is_captured_with_a_browser_at_every_visit(site):
    url = tell(site)
    document = read(url)
    tell(site, LATER)

    document = read(url)

    assert document.last_outcome == Outcome.OK
    assert Rendering.objects.filter(capture__isnull=False).count() == 2
    change = Change.objects.get()
    assert STORY in change.before.text
    assert LATER in change.after.text


@with_chromium
def test_what_was_served_is_never_compared_with_what_a_browser_made(site):
    url = site.says(
        "/bridge", PAGE.replace("</article>", f"<p id=more></p></article><script>more.append({STORY!r})</script>")
    )
    document = read(url)

    row = ask(document)
    work()

    assert STORY in Reading.objects.get(capture=row.capture).text
    assert not Change.objects.exists()


@with_chromium
def test_a_wall_that_only_a_browser_meets_takes_no_text_away(site):
    wall = "document.body.innerHTML = '<h1>Sign in to continue</h1><p>Log in to read.</p><input type=password>'"
    document = read(site.says("/bridge", PAGE + f"<script>{wall}</script>"))

    row = ask(document)

    document.refresh_from_db()
    assert row.capture.attempt.outcome == Outcome.LOGIN_WALL
    assert not row.capture.readings.exists()
    assert document.last_outcome == Outcome.OK


@with_chromium
def test_a_page_behind_a_wall_is_not_given_to_a_browser(site):
    document = make.document(site.says("/bridge", "Just a moment...", 403), host=site.url.partition("//")[2])

    row = ask(document)

    document.refresh_from_db()
    assert (row.capture, document.last_outcome) == (None, FetchAttempt.objects.get().outcome)
    assert row.problem


@with_chromium
def test_what_is_no_page_is_kept_as_it_was_served(site):
    document = make.document(site.says("/data", "{}", Content_Type="application/json"))

    row = ask(document)

    assert "HTML page" in row.problem
    assert Capture.objects.get().browser == ""


@with_chromium
def test_a_browser_that_is_killed_is_tried_again_and_in_the_end_given_up(site, monkeypatch):
    shown = browser._Visit.heed

    def killed(visit, event):
        os.killpg(visit.chromium.pid, signal.SIGKILL)
        shown(visit, event)

    monkeypatch.setattr(browser._Visit, "heed", killed)
    row = ask(make.document(site.says("/bridge", PAGE)))
    assert "stopped unexpectedly" in row.trouble
    assert row.due_at is not None
    assert not FetchAttempt.objects.exists()

    for _again in range(2):
        Rendering.objects.filter(pk=row.pk).update(due_at=make.MONDAY)
        drain(Rendering.objects.all(), rendering.render)

    row.refresh_from_db()
    assert (row.due_at, row.trouble) == (None, "")
    assert "stopped unexpectedly" in row.problem


@with_chromium
def test_a_host_that_cannot_be_reached_is_tried_again(site):
    document = make.document(tell(site))
    site.lost = 503, ""
    del site.answers["/bridge"]

    row = ask(document)

    assert "503" in row.trouble
    assert row.done_at is None
    assert FetchAttempt.objects.get().outcome == Outcome.HTTP_ERROR


@with_chromium
def test_who_gathers_may_ask_once_at_a_time():
    document = make.document()

    with pytest.raises(NotPermitted):
        rendering.ask(document, by=make.viewer())
    rendering.ask(document, by=make.reporter())
    with refused("requested"):
        rendering.ask(document, by=make.reporter())

    assert [entry.verb for entry in LogEntry.objects.all()] == ["asked for a capture with a browser"]


def test_a_pasted_text_has_no_page():
    pasted = pasting.keep_pasted("The bridge was closed, they say. Nobody said why.", by=make.reporter())

    with refused("pasted"):
        rendering.ask(pasted.capture.document, by=make.reporter())


def test_the_same_bytes_as_served_never_repeat_those_of_a_browser(site):
    document = make.document(site.says("/bridge", PAGE), last_outcome=Outcome.OK)
    make.capture(document, browser="Chromium 156", wire_sha256=hashlib.sha256(PAGE.encode()).hexdigest())

    drain(Document.objects.filter(pk=document.pk), fetching.fetch)

    assert document.captures.get(browser="").revisits is None
