"""Steps that ``benchmarks.sizing`` measures in processes of their own: vectors, polls of a feed, and one open claim."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks import staff  # noqa: E402
from benchmarks.carriers import _memory, _parser_seconds  # noqa: E402
from claims import following  # noqa: E402
from claims.intake import recording  # noqa: E402
from claims.intake.recording import Proposition, Sighting  # noqa: E402
from claims.models import Claim  # noqa: E402
from sources.formats import sandbox  # noqa: E402
from sources.gathering import polling  # noqa: E402
from sources.models import Document, Feed, Source  # noqa: E402
from sources.reading import embedding  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402

TEXTS, POLLS, ITEMS = 60, 40, 40
ITEM = "<item><title>The bridge at Arvel was closed, the authority says ({0})</title><link>/{0}/page</link></item>"
LEAD = "The bridge at Arvel was closed on Monday, the {0}th time, and twelve people were hurt, officials said."
CLAIM = "The bridge at Arvel was closed on Monday."


def vectors() -> dict[str, float]:
    """Return what it costs to embed a lead, and the memory of a process that has parsed and embedded."""
    sandbox.feed(b"<rss><channel></channel></rss>", "application/rss+xml", "http://127.0.0.1/")
    embedding.of_passages([LEAD.format("first")])  # loads the model
    start = time.process_time()
    for begin in range(0, TEXTS, 2):
        embedding.of_passages([LEAD.format(number) for number in (begin, begin + 1)])
    seconds = time.process_time() - start
    found = {"vector_seconds": seconds / TEXTS, "worker_mb": _memory()}
    sandbox.stop()
    return found


def polls() -> dict[str, float]:
    """Check a feed again and again; return the CPU seconds of a check that brings nothing new, without the servers'."""
    served = HTTPServer(("127.0.0.1", 0), Newsagent)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    settings.PRESS_FILE = settings.VAR / "newsagent.json"
    settings.PRESS_FILE.write_text(json.dumps({"outlets": {"agent": served.server_port}}))
    source = Source.objects.create(name="The Arvel Courier", kind="outlet", folded="the arvel courier")
    feed = Feed.objects.create(source=source, url=f"http://127.0.0.1:{served.server_port}/feed.xml")
    start = 0.0
    for number in range(POLLS + 1):
        if number == 1:  # the first brings everything
            start = time.process_time() + _parser_seconds()
        feed.ask()
        while not drain(polling.due(), polling.poll, budget=timedelta(seconds=0.2)):
            time.sleep(0.05)
    spent = time.process_time() + _parser_seconds() - start
    sandbox.stop()
    return {"poll_seconds": spent / POLLS, "polls": POLLS}


class Newsagent(BaseHTTPRequestHandler):
    """A site with one feed that never changes."""

    def do_GET(self) -> None:
        """Answer with the feed; there is no robots.txt."""
        known = self.path == "/feed.xml"
        items = "".join(ITEM.format(number) for number in range(ITEMS))
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode() * known)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's names
        """Keep no log of visitors."""


def claim() -> dict[str, float]:
    """Log a claim and look at what is held once; leave a session of the person who logged it."""
    person = staff.person("edith", Role.EDITOR)
    recording.log_claim(Proposition(CLAIM, "en"), Sighting(), by=person)
    drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=1))
    visitor = Client()
    visitor.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    (settings.VAR / "session").write_text(visitor.cookies["sessionid"].value)
    return {"documents": Document.objects.count()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"vectors": vectors, "polls": polls, "claim": claim}[sys.argv[1]]()) + "\n")
