"""Make a package of captures as the product does: pages fetched over HTTP, kept, sealed, stamped and handed over."""

from __future__ import annotations

import gzip
import json
import os
import sys
import threading
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402

from benchmarks import authority, staff  # noqa: E402
from sources.capturing import fetching  # noqa: E402
from sources.models import Capture, Document, Stamp  # noqa: E402
from sources.proving import evidence_package, sealing  # noqa: E402
from sources.reading import pasting  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402

PAGE = """<!doctype html><html lang="en"><head><title>{path}</title></head><body><article><h1>{path}, {visit}</h1>
<p>The bridge at Arvel was closed on Monday, the road authority said, and {visit} people were hurt.</p></article></body>
</html>"""
PATHS = ("/changing", "/same", "/tagged", "/packed", "/moved")
VISITS = 3


class Press(BaseHTTPRequestHandler):
    """Pages that change, that stay the same, that say so themselves, and one that is somewhere else by now."""

    visits: Counter[str] = Counter()

    def do_GET(self) -> None:
        """Answer a request."""
        self.visits[self.path] += 1
        if self.path == "/robots.txt":
            self.answer(200, b"User-agent: *\nAllow: /\n", ("Content-Type", "text/plain"))
        elif self.path not in PATHS:
            self.answer(404, b"Not found.", ("Content-Type", "text/plain"))
        elif self.path == "/moved":
            self.answer(301, b"", ("Location", "/changing"))
        elif self.path == "/tagged" and self.headers["If-None-Match"]:
            self.answer(304, b"", ("ETag", '"one"'))
        elif self.path == "/packed":
            packed = gzip.compress(self.page(), mtime=0)
            self.answer(200, packed, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
        else:
            self.answer(200, self.page(), ("Content-Type", "text/html; charset=utf-8"), ("ETag", '"one"'))

    def page(self) -> bytes:
        """Return a page; one that changes says how often it was visited."""
        visit = self.visits[self.path] if self.path == "/changing" else 12
        return PAGE.format(path=self.path, visit=visit).encode()

    def answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in headers:
            if name != "ETag" or self.path == "/tagged":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def make(folder: Path) -> None:
    """Write into a folder a package with stamps of the authority there, and what the benchmark must know of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Press)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PRESS_FILE.write_text(json.dumps({"outlets": {"bench": server.server_port}}))
    by = staff.person("rene", Role.REVIEWER)
    home = f"http://127.0.0.1:{server.server_port}"
    pasting.keep_pasted("The bridge was closed, they say. Nobody said why.", by=by)
    documents = [fetching.ask(home + path, by=by) for path in PATHS]
    with authority.opened(folder / "authority", key="RSA") as stamps:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = stamps.url, str(stamps.root)
        settings.TIMESTAMP_EVERY = timedelta(0)
        for _visit in range(VISITS):
            fetch(documents)
            while drain(sealing.due(), sealing.seal):
                continue
    server.shutdown()
    chosen = Capture.objects.exclude(document=documents[-1])  # so that the chain has links whose facts are not shown
    with evidence_package.export(chosen, by=by, title="Benchmark") as package:
        (folder / "package.wacz").write_bytes(package.read())
    kinds = Counter(Capture.objects.values_list("attempt__outcome", flat=True))
    revisits = Capture.objects.filter(revisits__isnull=False).count()
    about = {
        "captures": chosen.count(),
        "revisits": revisits,
        "stamps": Stamp.objects.granted().count(),
        "kinds": kinds,
    }
    (folder / "package.json").write_text(json.dumps(about))


def fetch(documents: list[Document]) -> None:
    """Fetch documents once more."""
    asked = FetchedTimes(documents)
    for document in documents:
        document.ask()
    while asked.waiting():
        drain(Document.objects.all(), fetching.fetch, budget=timedelta(seconds=1))


class FetchedTimes:
    """How often documents were tried since."""

    def __init__(self, documents: list[Document]) -> None:
        self.before = {document.pk: document.attempts.count() for document in documents}

    def waiting(self) -> bool:
        """Return whether one was not tried yet."""
        documents = Document.objects.filter(pk__in=self.before)
        return any(document.attempts.count() == self.before[document.pk] for document in documents)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
