"""Render a page in a headless browser that gets the page and its subresources only from us."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sources.web.addresses import Refused
from sources.web.chromium import Chromium, Died, Message, Unanswered
from sources.web.client import Response
from sources.web.outcomes import Failed
from sources.web.subresources import Parts
from sources.web.transport import Exchange

LOADING = 17.0  # seconds until we take a page as it is, even if it is still loading
TAKING = 8.0  # seconds more for its text and its screenshot
QUIET = 1.0  # seconds without an open request after the page has loaded: then it is done
STALLED = 5.0  # the same before it has loaded: some pages never finish
AT_A_TIME = 4
WIDTH, HEIGHT, MOST_HEIGHT = 1280, 1024, 6_000  # pixels
MOST_HTML = 10_000_000  # characters

# Headers of a connection or a cache, which say nothing about a page that we pass on.
NOT_HANDED_ON = {
    *("alt-svc", "connection", "content-encoding", "content-length", "keep-alive", "nel", "proxy-authenticate"),
    *("public-key-pins", "report-to", "reporting-endpoints", "set-cookie", "strict-transport-security", "te"),
    *("trailer", "transfer-encoding", "upgrade"),
}
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")

# In an isolated world, the page cannot replace these functions.
WORLD = "claim-workbench"
AS_IT_STANDS = f"""(() => {{
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  const html = type + (document.documentElement ? document.documentElement.outerHTML : "");
  const text = document.body ? document.body.innerText : "";
  return html.length + text.length > {MOST_HTML} ? null : {{html, text}};
}})()"""


@dataclass(frozen=True)
class Rendered:
    """A page as a browser showed it in the end, and what was fetched for it; ``screenshot`` is a PNG."""

    browser: str
    html: str
    text: str
    screenshot: bytes
    parts: tuple[Exchange, ...]
    refused: int


def render(page: Response, program: str, *, sandbox: bool = True) -> Rendered:
    """Return what a browser makes of a page that we fetched. Raises ``Died``, and ``Failed`` where it is too large.

    The browser has no network: we give it the page, and those parts that ``Parts`` allows. Every other connection
    fails, and so does every way out of the page: other addresses, windows, downloads.
    """
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        visit = _Visit(page, Parts(page), threads)
        with Chromium(program, visit.heed, sandbox=sandbox) as chromium:
            try:
                return visit.through(chromium)
            finally:
                visit.is_over = True
                threads.shutdown(wait=False, cancel_futures=True)


class _Visit:
    """A page in a browser, from opening it until we take it as it is."""

    def __init__(self, page: Response, parts: Parts, threads: ThreadPoolExecutor) -> None:
        self.page, self.parts, self.threads = page, parts, threads
        self.is_over = self.is_given = self.is_loaded = False
        self.waiting: set[Future[None]] = set()
        self.frame = self.session = self.crash = ""
        self.active_at, self.ends = 0.0, 0.0

    def through(self, chromium: Chromium) -> Rendered:
        """Open the page, wait until it is done or its time is over, and take it as it is."""
        self.chromium = chromium
        browser = chromium.version()
        self._open()
        while not self._is_done():
            chromium.hear(QUIET / 4)
            self._mind_crash()
        self.is_over = True
        if not self.is_given:
            raise Unanswered
        self.ends = time.monotonic() + TAKING
        html, text = self._taken()
        picture = self._picture()
        return Rendered(browser, html, text, picture, tuple(self.parts.exchanges), self.parts.refused)

    def heed(self, event: Message) -> None:
        """Handle an event of the browser."""
        method, said = event["method"], event.get("params", {})
        if method == "Fetch.requestPaused":
            self._answer(said)
        elif method == "Page.loadEventFired":
            self.is_loaded, self.active_at = True, time.monotonic()
        elif method == "Page.javascriptDialogOpening":
            self.chromium.send("Page.handleJavaScriptDialog", self.session, accept=False)
        elif method == "Inspector.targetCrashed":
            self.crash = method

    def _open(self) -> None:
        ask = self.chromium.ask
        self.frame = ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = ask("Target.attachToTarget", targetId=self.frame, flatten=True)["sessionId"]
        ask("Browser.setDownloadBehavior", behavior="deny")
        for domain in ("Page", "Inspector", "Network"):
            ask(f"{domain}.enable", self.session)
        ask("Network.setBypassServiceWorker", self.session, bypass=True)
        size: dict[str, Any] = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        ask("Emulation.setDeviceMetricsOverride", self.session, **size)
        ask("Fetch.enable", patterns=[{"urlPattern": "*"}])  # of the whole browser: its workers' requests, too
        self.active_at = time.monotonic()
        self.ends = self.active_at + LOADING
        self.chromium.send("Page.navigate", self.session, url=self.page.final_url)

    def _is_done(self) -> bool:
        self.waiting = {one for one in self.waiting if not one.done()}
        now = time.monotonic()
        enough = QUIET if self.is_loaded else STALLED
        return now >= self.ends or (not self.waiting and now - self.active_at >= enough)

    def _answer(self, asked: Message) -> None:
        """Answer a request of the browser: first with the page itself, then with its parts, or refuse it."""
        number, request, kind = asked["requestId"], asked["request"], asked["resourceType"]
        if request["url"].partition(":")[0] in {"data", "blob"}:
            self.chromium.send("Fetch.continueRequest", requestId=number)
        elif kind == "Document" and asked["frameId"] == self.frame:
            if self.is_given or self.is_over:
                self._refuse(number, "Aborted")  # it stays on this page: other addresses are for other visits
                return
            self.is_given, self.active_at = True, time.monotonic()
            self._give(number, self.page.status, self.page.headers, self.page.body)
        elif self.is_over or not self.parts.allowed(kind, request):
            self._refuse(number, "BlockedByClient")
        else:
            self.waiting.add(self.threads.submit(self._fetch, number, request))

    def _fetch(self, number: str, request: Message) -> None:
        try:
            found, body = self.parts.fetch(request["url"], request["headers"], self.ends - time.monotonic())
        except (Refused, Failed):
            self._refuse(number, "Failed")
        else:
            self._give(number, found.status, found.headers, body)
        self.active_at = time.monotonic()

    def _refuse(self, number: str, reason: str) -> None:
        self.chromium.send("Fetch.failRequest", requestId=number, errorReason=reason)

    def _give(self, number: str, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        handed = [
            {"name": name, "value": value}
            for name, value in headers
            if _NAME.fullmatch(name) and name.lower() not in NOT_HANDED_ON and value.isprintable()
        ]
        content = base64.b64encode(body).decode()
        answer: Message = {"responseCode": status, "responseHeaders": handed, "body": content}
        self.chromium.send("Fetch.fulfillRequest", requestId=number, **answer)

    def _mind_crash(self) -> None:
        if self.crash:
            raise Died(self.crash)

    def _left(self) -> float:
        return self.ends - time.monotonic()

    def _taken(self) -> tuple[str, str]:
        """Return the current markup and text of the page; stop its scripts where they leave no time for that."""
        try:
            found = self._read(self._left() / 4)
        except Unanswered:
            self.chromium.send("Runtime.terminateExecution", self.session)
            found = self._read(self._left() / 2)
        if found is None:
            raise Failed("too_large")
        return found["html"], found["text"]

    def _read(self, within: float) -> Any:
        world = {"frameId": self.frame, "worldName": WORLD}
        context = self.chromium.ask("Page.createIsolatedWorld", self.session, within=within, **world)
        where = {"contextId": context["executionContextId"], "returnByValue": True}
        answer = self.chromium.ask("Runtime.evaluate", self.session, within=within, expression=AS_IT_STANDS, **where)
        return answer["result"].get("value")

    def _picture(self) -> bytes:
        size = self.chromium.ask("Page.getLayoutMetrics", self.session, within=self._left())["cssContentSize"]
        height = min(max(int(size["height"]), HEIGHT), MOST_HEIGHT)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
        how = {"format": "png", "captureBeyondViewport": True, "clip": clip}
        answer = self.chromium.ask("Page.captureScreenshot", self.session, within=self._left(), **how)
        return base64.b64decode(answer["data"])
