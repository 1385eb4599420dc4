"""A real browser before real pages: signed in as somebody, and silent on its console."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client

PHONE = {"width": 360, "height": 740}
# A page that a person sees with its messages and forms; the rules of WCAG 2.2 A and AA, and axe's best practices.
# Without preload: what it loads again is ours already, and the policy of our pages refuses it. Of rules that a page
# keeps we want to hear nothing: to list every element that keeps them takes longer than to find the others.
AXE = "axe.run({preload: false, resultTypes: ['violations']}).then(results => results.violations)"


def follow(page, what):
    """Click on what leads to another page or place, and wait until that is there with all that it loads.

    A click alone waits until the new page begins: what is asked of it then may meet half of it.
    """
    with page.expect_navigation():
        page.click(what)


@pytest.fixture(autouse=True)
def _rows(transactional_db):
    """The server runs in a thread of its own, and sees only what is committed."""


@pytest.fixture
def page(page):
    """A page whose console must stay empty: an error there, a refused script or style, is a fault of ours."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    assert [line for line in said if "Failed to load resource" not in line] == []


@pytest.fixture
def enter(page, live_server):
    """Return a function that signs a person in and opens an address."""

    def enter(person, path="/"):
        client = Client()
        client.force_login(person)
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(live_server.url + path)
        return page

    return enter


@pytest.fixture
def faults():
    """Return a function that names what axe finds wrong with a page, each rule with the elements it is broken by."""

    def faults(page):
        page.wait_for_load_state()
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(AXE)
        return {rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in found}

    return faults


@pytest.fixture
def overhang():
    """Return a function that says by how many pixels a page is wider than the screen."""

    def overhang(page):
        page.wait_for_load_state()
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    return overhang
