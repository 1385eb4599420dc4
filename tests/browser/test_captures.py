"""A captured page full of tricks, seen in a real browser: nothing gets out of it, and elsewhere most of it does."""

import contextlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from sources.proving import replay
from tests import make
from tests.archived import archived
from tests.browser import tricks
from tests.browser.conftest import PHONE
from tests.chromium import APART, QUIET, SMALL

MOST_TRICKS = 40  # of 84; some work in other browsers only
SETTLED = 1_500  # ms in which what a page sets off would have begun; waiting longer can only find more


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER, settings.ARCHIVE_HOST = tmp_path / "archive", "captures.localhost"


@pytest.fixture
def trap():
    with tricks.Trap() as server:
        yield server
        server.shutdown()


@pytest.fixture
def browsing(browser_type, browser_type_launch_args, tmp_path):
    """Return a browser as people have it, which predicts and remembers, and writes down all it does on the network."""

    @contextlib.contextmanager
    def browsing():
        log = tmp_path / "network.json"
        launch = browser_type_launch_args | {"args": [*QUIET, *SMALL, *APART, f"--log-net-log={log}"]}
        context = browser_type.launch_persistent_context(
            tmp_path / "profile", ignore_default_args=["--disable-background-networking"], **launch
        )
        context.set_default_timeout(30_000)
        yield context, log
        context.close()

    return browsing


def sign_in(context, person, url):
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def shown(context, folder, live_server, html):
    """The page on which a capture is seen, and the frame in it."""
    page = context.new_page()
    page.goto(live_server.url + reverse("sources:capture", args=[archived(folder, html).pk]))
    return page, page.frames[1]


def rows():
    return {model: model._default_manager.count() for model in apps.get_models()}


def watched(page):
    """What a page makes a browser do beyond showing it, as it comes."""
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("download", lambda download: seen.append(download.url))
    page.on("popup", lambda popup: seen.append(popup.url))
    return seen


def tempt(context, folder, live_server, html):
    """Have a page shown, click on whatever asks for it, and return what came of it beyond being shown."""
    page, frame = shown(context, folder, live_server, html)
    seen, address, before = watched(page), page.url, rows()
    for bait in frame.locator(".bait").all():
        bait.click()
    page.wait_for_timeout(SETTLED)
    changed = [name for name, count in rows().items() if count != before[name]]
    moved = [url for url, place in [(page.url, address), (frame.url, "http://captures.")] if not url.startswith(place)]
    return [*seen, *changed, *moved]


def test_nothing_gets_out_of_a_captured_page(browsing, trap, live_server, tmp_path):
    pages = [tricks.AT_ONCE, tricks.CLICKED, *({name: html} for name, html in tricks.LEAVING.items())]

    with browsing() as (context, log):
        sign_in(context, make.editor(), live_server.url)
        came = [
            tempt(context, tmp_path / "archive", live_server, trap.written(some, live_server.url)) for some in pages
        ]
        last = context.pages[-1]
        last.reload()
        heading, tabs = last.inner_text("h1"), len(context.pages)

    assert came == [[]] * len(pages)
    assert (heading, tabs) == ("Page as captured", 1 + len(pages))
    assert (trap.connections, tricks.heard_of(log)) == (0, set())


def test_the_same_tricks_work_where_nothing_holds_them_back(browsing, trap, live_server):
    alone = [{name: html} for name, html in (tricks.LEAVING | tricks.CLICKED).items()]

    with browsing() as (context, log):
        for some in [tricks.AT_ONCE, *alone]:
            trap.page = trap.written(some, live_server.url)
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.dismiss())
            page.goto(f"{trap.url}/page", wait_until="commit")
            for bait in page.locator(".bait").all():
                bait.click(no_wait_after=True)
            page.wait_for_timeout(SETTLED if some is tricks.AT_ONCE else 200)

    assert len(tricks.heard_of(log)) >= MOST_TRICKS
    assert trap.connections >= MOST_TRICKS


def test_a_link_opened_in_a_tab_of_its_own_leads_nowhere(browsing, trap, live_server, tmp_path):
    with browsing() as (context, _log):
        sign_in(context, make.viewer(), live_server.url)
        html = trap.written({"link": tricks.LINK}, live_server.url)
        _page, frame = shown(context, tmp_path / "archive", live_server, html)
        with context.expect_page() as tab:
            frame.click(".bait", modifiers=["Control"])
        said = tab.value.inner_text("body")

    assert (said, trap.connections) == ("Captured pages can only be shown inside the workbench.", 0)


@pytest.mark.parametrize(
    ("encoding", "direction", "words"),
    [("windows-1256", "rtl", "أُغلق الجسر يوم الاثنين"), ("iso-8859-1", "ltr", "Le pont d'Arvel est fermé")],
)
def test_a_page_is_seen_in_its_own_letters_whatever_it_says_of_them(enter, tmp_path, encoding, direction, words):
    html = f"<html dir={direction}><meta charset=utf-16><meta charset=koi8-r><p>{words}</p>".encode(encoding)
    capture = archived(tmp_path / "archive", html, f"text/html; charset={encoding}")

    page = enter(make.viewer(), reverse("sources:capture", args=[capture.pk]))

    text = page.frames[1].locator("p")
    assert (text.inner_text(), text.evaluate("p => getComputedStyle(p).direction")) == (words, direction)


def test_the_page_has_no_fault_and_fits_a_phone_with_and_without_a_frame(enter, faults, overhang, settings, tmp_path):
    wide = '<p>Le pont est fermé.</p><div style="width: 3000px">أُغلق الجسر</div>'
    path = reverse("sources:capture", args=[archived(tmp_path / "archive", wide).pk])
    found = []

    for host in ("captures.localhost", ""):
        settings.ARCHIVE_HOST = host
        page = enter(make.viewer(), path)
        found.append(faults(page))
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        found.append((faults(page), overhang(page)))

    assert found == [{}, ({}, 0)] * 2


def test_a_view_that_has_ended_says_so_where_the_page_was(enter, monkeypatch, tmp_path):
    monkeypatch.setattr(replay, "LASTS", timedelta(seconds=-1))
    path = reverse("sources:capture", args=[archived(tmp_path / "archive", "<p>Closed.</p>").pk])

    page = enter(make.viewer(), path)

    assert page.frames[1].inner_text("body") == "This view has expired. Open it again from the workbench."
