"""A person at a real browser: what they do is done on the page, and timed by the keystroke-level model.

The times of acts are those of Card, Moran and Newell, “The Keystroke-Level Model for User Performance Time with
Interactive Systems”, Communications of the ACM 23(7), 1980. Reading is timed by Brysbaert, “How many words do we read
per minute?”, Journal of Memory and Language 109, 2019 (non-fiction in English). Nobody sleeps for these times: they
are added to what the server and the browser really took, so workers get less time than beside a real person.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.chromium import APART, CHROMIUM, NO_CHROMIUM, QUIET, SMALL

KEY = 0.28  # an average typist who is no secretary: 40 words a minute
POINT = 1.1  # to a target on the screen
BUTTON = 0.2  # of the mouse, down and up
HOME = 0.4  # hands between mouse and keyboard
MENTAL = 1.35  # to prepare an act
WORDS_A_MINUTE = 238
PASTED = 2  # keys
PICKED = 3  # keys to choose in a list: its first letters
PATIENCE = 120_000  # milliseconds


@dataclass
class Tally:
    """What a story took: acts by kind, and seconds of the person and of the machine."""

    clicks: int = 0
    keys: int = 0
    texts: int = 0
    acting: float = 0.0
    reading: float = 0.0
    waiting: float = 0.0

    def figures(self) -> dict[str, float | int]:
        """Return the figures; ``minutes`` is the whole story."""
        parts = {part: round(getattr(self, part), 1) for part in ("acting", "reading", "waiting")}
        counts = {"clicks": self.clicks, "keys": self.keys, "texts": self.texts}
        return {"minutes": round(sum((self.acting, self.reading, self.waiting)) / 60, 2), **counts, **parts}


class Person:
    """Somebody who reads a page, points, clicks and types."""

    def __init__(self, page: Page, tally: Tally) -> None:
        self.page, self.tally = page, tally

    def go(self, address: str) -> None:
        """Open an address by a link that somebody gave, or a bookmark: one click."""
        self._click_counted()
        with self._waiting():
            self.page.goto(address, wait_until="load")

    def click(self, target: str | Locator) -> None:
        """Look for a control, point at it and click; then wait for what it does."""
        self._click_counted()
        with self._waiting():
            self._one(target).click()
            self.page.wait_for_load_state("load")

    def mark(self, target: Locator) -> None:
        """Tick one of several boxes in a row, which needs no new thought."""
        self.tally.clicks += 1
        self.tally.acting += POINT + BUTTON
        target.check()

    def key(self, name: str) -> None:
        """Press one key that acts, and wait for what it does."""
        self.tally.keys += 1
        self.tally.acting += MENTAL + KEY
        with self._waiting():
            self.page.keyboard.press(name)
            self.page.wait_for_load_state("load")

    def answer(self, name: str) -> None:
        """Press one key that leads to the next page, and wait for that."""
        self.tally.keys += 1
        self.tally.acting += MENTAL + KEY
        with self._waiting(), self.page.expect_navigation():
            self.page.keyboard.press(name)

    def write(self, target: str | Locator, words: str) -> None:
        """Click into a field and type."""
        self._written(target, words, len(words))

    def paste(self, target: str | Locator, words: str) -> None:
        """Click into a field and paste what was copied before."""
        self._written(target, words, PASTED)

    def choose(self, target: str, label: str) -> None:
        """Choose in a list by typing its first letters."""
        self.tally.clicks += 1
        self.tally.acting += MENTAL + POINT + BUTTON + HOME + PICKED * KEY
        self._one(target).select_option(label=label)

    def read(self, words: str) -> None:
        """Read words once."""
        self.tally.reading += 60 * len(words.split()) / WORDS_A_MINUTE

    def wait_for(self, target: str) -> None:
        """Wait until something is on the page."""
        with self._waiting():
            self._one(target).wait_for()

    def _written(self, target: str | Locator, words: str, keys: int) -> None:
        self.tally.texts += 1
        self.tally.acting += MENTAL + POINT + BUTTON + HOME + keys * KEY + HOME
        self._one(target).fill(words)

    def _click_counted(self) -> None:
        self.tally.clicks += 1
        self.tally.acting += MENTAL + POINT + BUTTON

    def _one(self, target: str | Locator) -> Locator:
        return self.page.locator(target).first if isinstance(target, str) else target

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.tally.waiting += time.monotonic() - began


@contextmanager
def browser() -> Iterator[Browser]:
    """Open the Chromium of this machine; raise RuntimeError where there is none."""
    if not CHROMIUM:
        raise RuntimeError(NO_CHROMIUM)
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *SMALL, *APART])
        yield opened
        opened.close()


def person(opened: Browser, tally: Tally, **context: Any) -> Person:
    """Return somebody with a browser of their own."""
    page = opened.new_context(viewport={"width": 1280, "height": 900}, locale="en", **context).new_page()
    page.set_default_timeout(PATIENCE)
    return Person(page, tally)
