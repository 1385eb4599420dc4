"""A server on loopback that answers as search providers do, with the faults that they document."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Query = dict[str, list[str]]


@dataclass(frozen=True)
class Said:
    """One answer: a body of JSON, text or bytes."""

    body: Any = b""
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """Return the bytes of the body."""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class ProviderServer(ThreadingHTTPServer):
    """The server; ``asked`` are path, query and headers of each request."""

    def __init__(self, answers: list[Said] | Callable[[str, Query], Said]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked: list[tuple[str, Query, dict[str, str]]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: ProviderServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        self.server.asked.append((parts.path, query, dict(self.headers)))
        answers = self.server.answers
        said = answers(parts.path, query) if callable(answers) else answers.pop(0)
        self.send_response(said.status)
        for name, value in {"Content-Type": said.kind, "Content-Length": str(len(said.data)), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # who asked may have had enough of it
            self.wfile.write(said.data)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def serving(answers: list[Said] | Callable[[str, Query], Said]) -> Iterator[ProviderServer]:
    """Serve answers, in their order or by a function of path and query."""
    server = ProviderServer(answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


PAGE = Said("<html><head><title>x</title></head><body><h1>Just a moment...</h1></body></html>", kind="text/html")
STORM = Said("slow down", 429, "text/plain", {"Retry-After": "90"})
HUGE = Said(b'{"articles": [' + b" " * 50_000_000 + b"]}")
INWARD = Said("", 302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
CUT_OFF = Said('{"articles": [{"url": "https://a.example/1"')
GARBLED = Said(gzip.compress(b"{}" * 5)[:9], headers={"Content-Encoding": "gzip"})
# Each fault, with how the request ends that meets it.
FAULTS: dict[str, tuple[Said, str]] = {
    "429 with Retry-After": (STORM, "busy"),
    "503": (Said("", 503), "busy"),
    "500": (Said("", 500), "failed"),
    "403": (Said({"error": {"code": 403, "message": "no key"}}, 403), "refused"),
    "redirect to a private address": (INWARD, "refused"),
    "50 MB": (HUGE, "failed"),
    "damaged compression": (GARBLED, "failed"),
    "a page in place of JSON": (PAGE, "broken"),
    "JSON that is cut off": (CUT_OFF, "broken"),
    "an empty answer": (Said(b""), "broken"),
    "a list in place of an object": (Said([1, 2]), "broken"),
    "a sentence with a code of success": (Said("Your query was too short or too long.", kind="text/html"), "refused"),
}
