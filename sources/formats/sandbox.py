"""Sandbox: parse pages and feeds in a process with limits on time and memory, because hostile ones hang parsers."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from sources.formats import claim_reviews, confinement, refresh
from sources.formats.article import EVER, Article, Dated, Doubt
from sources.formats.feed_entries import Entry, NotAFeed, Parsed
from sources.formats.file_text import Fact, FileText
from sources.formats.page_look import Look
from sources.formats.sandbox_protocol import LENGTH
from sources.formats.text_parts import Part
from sources.formats.unreadable import Unreadable

LIMIT = 10.0  # seconds for one page; the mean page takes a fiftieth of a second
FILE_LIMIT = 60.0  # seconds for one file that a person or a server gave us, such as a PDF of a thousand pages
START_LIMIT = 60.0  # seconds until the program has loaded what it needs, on a machine under load
MOST_PAGES = 2_000  # then a new process begins: parsers and their caches grow a little with every page
LONGEST_ANSWER = 64_000_000  # bytes; a process that answers more is broken


@dataclass(frozen=True)
class PiecedBody:
    """A body that comes in pieces, and its size in bytes: this process never has it whole."""

    content: Iterable[bytes]
    size: int


Body = bytes | PiecedBody


class GaveUp(Exception):
    """The process that parses had to be killed over this page, or died of it. The message may be shown to a person."""


def look(body: bytes, content_type: str, url: str) -> Look:
    """Return what a page is at a glance. Raises ``GaveUp``."""
    return Look.of(ask("look", body, content_type, url)["look"])


def read(body: bytes, content_type: str, url: str, latest: datetime = EVER) -> Article:
    """Return the article on a page, without dates after ``latest``. Raises ``Unreadable``, and ``GaveUp``."""
    found = ask("read", body, content_type, url, latest=latest.isoformat())
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    return article_of(found["article"])


def article_of(article: Mapping[str, Any]) -> Article:
    """Return an article as the program gives it."""
    dates = {name: _dated(article[name]) for name in ("published", "modified")}
    doubts = tuple(Doubt(**doubt) for doubt in article["doubts"])
    parts = tuple(Part(**part) for part in article["parts"])
    checks = tuple(map(claim_reviews.of_json, article["claim_reviews"]))
    return Article(**{**article, **dates, "doubts": doubts, "parts": parts, "claim_reviews": checks})


def feed(body: bytes, content_type: str, url: str) -> Parsed:
    """Return what a feed or sitemap says. Raises ``NotAFeed``, and ``GaveUp``."""
    found = ask("feed", body, content_type, url)
    if "not_a_feed" in found:
        raise NotAFeed(found["not_a_feed"])
    parsed = found["feed"]
    return Parsed(**{**parsed, "entries": [_entry(entry) for entry in parsed["entries"]]})


def feeds(body: bytes, content_type: str, url: str) -> list[str]:
    """Return the addresses of the feeds that a home page names. Raises ``GaveUp``."""
    return list(ask("feeds", body, content_type, url)["feeds"])


def article_behind(body: bytes, content_type: str, url: str, publisher_url: str) -> str:
    """Return the article of a publisher to which the page of an aggregator leads, or nothing. Raises ``GaveUp``."""
    return str(ask("behind", body, content_type, url, publisher_url=publisher_url)["behind"])


def lead(body: bytes, content_type: str, url: str, header: str) -> str:
    """Return where a page leads its reader on, as ``refresh.target``. Raises ``GaveUp``."""
    return str(ask("lead", body[: refresh.MOST_READ + 1], content_type, url, header=header)["lead"])


def file(body: Body, media_type: str, name: str = "") -> FileText:
    """Return what the reader of a media type finds in a file. Raises ``Unreadable``, and ``GaveUp``."""
    found = ask("file", body, media_type, limit=FILE_LIMIT, name=name)
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    read = found["file"]
    parts, facts = (Part(**part) for part in read["parts"]), (Fact(**fact) for fact in read["facts"])
    return FileText(**{**read, "parts": tuple(parts), "facts": tuple(facts)})


def ask(
    act: str, body: Body, content_type: str, url: str = "", *, limit: float = 0, **more: str | int | float
) -> Mapping[str, Any]:
    """Return the answer of an act of the program (``ACTS``) to a body. Raises ``GaveUp``.

    ``limit`` is in seconds; ``LIMIT`` where there is none.
    """
    seconds = limit or LIMIT
    asked = {"act": act, "content_type": content_type, "url": url, "seconds": seconds, **more}
    given = body if isinstance(body, PiecedBody) else PiecedBody((body,), len(body))
    answer = _parser().ask(json.dumps(asked).encode() + b"\n", given, seconds)
    return cast("Mapping[str, Any]", json.loads(answer))


def stop() -> None:
    """End the process that parses, if one runs for this process; the next page starts another."""
    _parser().stop()


class NotStarted(Exception):
    """The program that parses pages does not start on this machine."""


class _Parser:
    """The parsing process of this process, started when it is needed and again when it was killed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pages = 0

    def ask(self, line: bytes, body: PiecedBody, limit: float) -> bytes:
        """Return the answer to a question: a line and a body. Raises ``GaveUp``, and what the pieces raise."""
        with self._lock:
            process = self._running()
            try:
                answer = _exchange(process, (line, body), limit)
            except BaseException:
                self._end()  # it waits for the rest of a body that does not come
                raise
            self._pages += 1
            if answer is None or self._pages >= MOST_PAGES:
                self._end()
        if answer is None:
            message = _("Parsing this page took more than %(seconds)d seconds or too much memory.")
            if limit > LIMIT:
                message = _("Reading this file took more than %(seconds)d seconds or too much memory.")
            raise GaveUp(message % {"seconds": limit})
        return answer

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _started()
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._pages = None, 0


def _parser() -> _Parser:
    """Return the parser of this process: a forked process must not talk to its parent's parser."""
    return _parser_of(os.getpid())


@cache
def _parser_of(_pid: int) -> _Parser:
    return _Parser()


def _started() -> subprocess.Popen[bytes]:
    """Start the program without our environment, which holds keys and passwords."""
    process = subprocess.Popen(
        confinement.command(["-m", "sources.formats.sandbox_program"]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=confinement.ROOT,
        env={"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,  # no terminal
    )
    if _exchange(process, None, START_LIMIT) is None:
        process.kill()
        process.communicate()
        raise NotStarted
    return process


def _exchange(
    process: subprocess.Popen[bytes], question: tuple[bytes, PiecedBody] | None, limit: float
) -> bytes | None:
    """Return what the process answers; None when it died, or had to be killed when its time was over."""
    watch = threading.Timer(limit, process.kill)
    watch.daemon = True
    watch.start()
    try:
        if question is not None:
            into = cast("IO[bytes]", process.stdin)
            line, body = question
            into.write((len(line) + body.size).to_bytes(LENGTH) + line)
            into.writelines(_exactly(body))
            into.flush()
        out = cast("IO[bytes]", process.stdout)
        length = int.from_bytes(out.read(LENGTH))
        answer = out.read(length) if length <= LONGEST_ANSWER else b""
    except BrokenPipeError:
        return None
    finally:
        watch.cancel()
    return answer if answer and len(answer) == length else None


def _exactly(body: PiecedBody) -> Iterator[bytes]:
    """Yield a body. Raises ``OSError`` for one that is not as long as it says: the next question would begin in it."""
    left = body.size
    for piece in body.content:
        left -= len(piece)
        if left < 0:
            break
        yield piece
    if left:
        raise OSError(f"A body has not the {body.size} bytes that it should have.")


def _entry(found: Mapping[str, Any]) -> Entry:
    return Entry(**_with_times(found, "published", "until"))


def _dated(found: Mapping[str, Any] | None) -> Dated | None:
    return Dated(**_with_times(found, "value", "until")) if found else None


def _with_times(found: Mapping[str, Any], *names: str) -> dict[str, Any]:
    times = {name: datetime.fromisoformat(found[name]) if found[name] else None for name in names}
    return {**found, **times}
