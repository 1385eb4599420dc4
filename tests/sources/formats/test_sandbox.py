import multiprocessing
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.formats import feed_links, feeds, html, sandbox, sandbox_program
from sources.formats.feed_entries import NotAFeed
from sources.formats.unreadable import Unreadable
from sources.formats.walls import wall

URL = "https://outlet.example.com/monde/embuscade"
PAGE = (
    '<html lang="fr"><head><title>Un général tué</title><meta property="article:published_time" '
    'content="2024-11-29T10:00:00+01:00"></head><body><article>'
    + "<p>Le général de brigade a été tué à l’ouest de la ville, a annoncé la télévision mercredi matin.</p>" * 4
    + "</article></body></html>"
).encode()
FEED = b"<rss><channel><title>Le Pont</title><item><title>A</title><link>/1</link>%s</item></channel></rss>"
DATED = b"<pubDate>Fri, 29 Nov 2024 10:00:00 GMT</pubDate>"
ENDLESS = b"<article>" + b"<p>word word. </p>" * 100_000
HTML = "text/html; charset=utf-8"


def test_a_page_is_read_elsewhere_as_it_is_read_here():
    assert sandbox.read(PAGE, HTML, URL) == html.read(PAGE, HTML, URL)


def test_a_page_is_read_elsewhere_without_dates_after_the_latest():
    latest = datetime(2024, 11, 28, tzinfo=UTC)

    assert sandbox.read(PAGE, HTML, URL, latest) == html.read(PAGE, HTML, URL, latest)
    assert sandbox.read(PAGE, HTML, URL, latest) != html.read(PAGE, HTML, URL)


def test_a_page_is_looked_at_elsewhere_as_it_is_here():
    page = b"<title>Wall</title><p>Please log in to continue reading this article in our newspaper.</p>"

    look = sandbox.look(page, HTML, URL)

    assert look.wall == wall(page.decode(), URL) == "login_wall"
    assert look.title == "Wall"


def test_a_page_with_much_inline_data_is_read_and_looked_at_within_the_bounds_of_the_process():
    data = b"<script>" + b"x" * 19_000_000 + b"</script>"
    page = PAGE.replace(b"<body>", b"<body>" + data)

    assert sandbox.read(page, HTML, URL).text == html.read(PAGE, HTML, URL).text
    assert sandbox.look(page, HTML, URL).blocks == sandbox.look(PAGE, HTML, URL).blocks


def test_what_cannot_be_read_is_said_with_its_reason():
    with pytest.raises(Unreadable) as caught:
        sandbox.read(b"%PDF-1.7", "application/pdf", URL)

    assert caught.value.outcome == "not_text"


@pytest.mark.parametrize("more", [b"", DATED])
def test_a_feed_is_read_elsewhere_as_it_is_here(more):
    assert sandbox.feed(FEED % more, "text/xml", URL) == feeds.parse(FEED % more, "text/xml", URL)


def test_what_is_no_feed_is_said_with_its_reason():
    with pytest.raises(NotAFeed) as caught:
        sandbox.feed(PAGE, HTML, URL)

    assert caught.value.reason == "page"


def test_the_feeds_of_a_home_page_are_found_elsewhere_as_here():
    page = "<link rel='alternate' type='application/rss+xml' href='/é.xml'>"

    assert (
        sandbox.feeds(page.encode(), HTML, URL)
        == feed_links.discover(page, URL)
        == ["https://outlet.example.com/é.xml"]
    )


@pytest.mark.parametrize(
    "hostile",
    [
        b"<rss %s/>" % b" ".join(b"a%d=''" % number for number in range(200_000)),
        FEED % (b"<author>" + b"a." * 1_000_000 + b"</author>"),
    ],
    ids=["attributes", "author"],
)
def test_a_feed_that_would_take_hours_is_given_up(monkeypatch, hostile):
    sandbox.look(PAGE, HTML, URL)
    monkeypatch.setattr(sandbox, "LIMIT", 1.0)

    with pytest.raises(sandbox.GaveUp):
        sandbox.feed(hostile, "text/xml", URL)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read(monkeypatch):
    sandbox.look(PAGE, HTML, URL)
    monkeypatch.setattr(sandbox, "LIMIT", 0.3)
    start = time.monotonic()

    with pytest.raises(sandbox.GaveUp):
        sandbox.read(ENDLESS, HTML, URL)

    assert time.monotonic() - start < 5
    monkeypatch.undo()
    assert sandbox.read(PAGE, HTML, URL).title == "Un général tué"


def test_a_process_that_was_killed_is_started_again():
    sandbox.look(PAGE, HTML, URL)
    os.kill(sandbox._parser()._process.pid, signal.SIGKILL)
    sandbox._parser()._process.wait()

    assert sandbox.read(PAGE, HTML, URL).language == "fr"


def test_after_so_many_pages_a_new_process_begins(monkeypatch):
    sandbox.stop()
    monkeypatch.setattr(sandbox, "MOST_PAGES", 2)
    sandbox.look(PAGE, HTML, URL)
    first = sandbox._parser()._process.pid

    sandbox.look(PAGE, HTML, URL)
    sandbox.look(PAGE, HTML, URL)

    assert sandbox._parser()._process.pid != first


def test_the_process_has_none_of_our_secrets_and_cannot_take_all_the_memory():
    sandbox.look(PAGE, HTML, URL)
    pid = sandbox._parser()._process.pid

    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    most = next(line for line in limits if line.startswith("Max address space")).split()[3]
    assert b"DATABASE_URL" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert int(most) < 2 * sandbox_program.MEMORY


def test_a_forked_daemon_as_workers_are_has_a_parser_of_its_own():
    fork = multiprocessing.get_context("fork")
    sandbox.look(PAGE, HTML, URL)
    found = fork.SimpleQueue()

    def work():
        found.put((sandbox.read(PAGE, HTML, URL).title, sandbox._parser()._process.pid))
        sandbox.stop()

    process = fork.Process(target=work, daemon=True)
    process.start()
    title, pid = found.get()
    process.join()

    assert (title, pid != sandbox._parser()._process.pid) == ("Un général tué", True)


def test_the_process_ends_with_its_parent():
    program = "\n".join(
        [
            "import os, django",
            "django.setup()",
            "from sources.formats import sandbox",
            f"sandbox.look({PAGE!r}, {HTML!r}, {URL!r})",
            "print(sandbox._parser()._process.pid, flush=True)",
            "os.kill(os.getpid(), 9)",
        ]
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
    command = [sys.executable, "-c", program]
    pid = int(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False).stdout)

    ends = time.monotonic() + 10
    memory = Path(f"/proc/{pid}/statm")
    while memory.exists() and memory.read_text()[:1] != "0":
        assert time.monotonic() < ends
        time.sleep(0.05)
