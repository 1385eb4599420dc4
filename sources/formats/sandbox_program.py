"""The program of the sandbox: parses pages in a process of its own, which its parent may kill.

It is run as ``python -m sources.formats.sandbox_program``, by ``confinement``: without network, and with no file but
its libraries.

It reads questions from its standard input and writes answers to its standard output (``sandbox_protocol``).
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sources.formats import aggregators, article, charset, feed_links, feeds, html, inline_data, refresh
from sources.formats.feed_entries import NotAFeed
from sources.formats.files import pages, pdf_acts, picture_acts, registry
from sources.formats.sandbox_protocol import LENGTH
from sources.formats.unreadable import Unreadable
from sources.formats.walls import MOST_READ, look

MEMORY = 768 * 2**20  # bytes that pages may need beyond what the program itself does
GRACE = 10  # seconds behind those of the parent, which kills sooner: this limit counts once the parent is gone
READY = b"{}"

WARM_UP = b"<html><body><article><p>The bridge was closed on Monday, the authority said.</p></article></body></html>"


def answer(questions: BinaryIO, size: int) -> dict[str, Any]:
    """Do the act that a question of this size names with its body; return the answer, or why it cannot be read."""
    line = questions.readline(size)
    asked = json.loads(line)
    signal.alarm(int(asked.pop("seconds")) + GRACE)  # nobody handles it: it ends the process, even one in a C library
    return ACTS[asked.pop("act")](questions.read(size - len(line)), **asked)


def _file(body: bytes, content_type: str, url: str, name: str) -> dict[str, Any]:
    try:
        return {"file": asdict(registry.read(body, content_type, name or url))}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}


def _look(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    page = charset.decode(body[: article.LARGEST], content_type)
    return {"look": asdict(look(inline_data.dropped(page) if len(page) > MOST_READ else page, url))}


def _read(body: bytes, content_type: str, url: str, latest: str) -> dict[str, Any]:
    try:
        return {"article": asdict(html.read(body, content_type, url, datetime.fromisoformat(latest)))}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}


def _feed(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    try:
        return {"feed": asdict(feeds.parse(body, content_type, url))}
    except NotAFeed as problem:
        return {"not_a_feed": problem.reason}


def _feeds(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    return {"feeds": feed_links.discover(charset.decode(body, content_type), url)}


def _behind(body: bytes, content_type: str, url: str, publisher_url: str) -> dict[str, Any]:
    return {"behind": aggregators.leads_to(charset.decode(body[: article.LARGEST], content_type), url, publisher_url)}


def _lead(body: bytes, content_type: str, url: str, header: str) -> dict[str, Any]:
    return {"lead": refresh.target(charset.decode(body, content_type), url, header)}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "look": _look,
    "read": _read,
    "feed": _feed,
    "feeds": _feeds,
    "file": _file,
    "preview": picture_acts.preview,
    "fingerprint": picture_acts.fingerprint,
    "page_picture": pdf_acts.page_picture,
    "boxes": pdf_acts.boxes,
    "behind": _behind,
    "lead": _lead,
    "saved_page": pages.answer,
}


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions until there are no more; a page that needs too much memory ends the program."""
    _give(answers, READY)
    while (length := questions.read(LENGTH)) and len(length) == LENGTH:
        found = answer(questions, int.from_bytes(length))
        signal.alarm(0)
        _give(answers, json.dumps(found, default=_plain).encode())


def limit_memory() -> None:
    """Limit this process to its present memory and some for pages."""
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))


def _give(answers: BinaryIO, content: bytes) -> None:
    answers.write(len(content).to_bytes(LENGTH) + content)
    answers.flush()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop: it closes our input
    html.read(WARM_UP * 3, "text/html", "https://warm.example/")
    limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
