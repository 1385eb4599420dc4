"""A server on loopback that answers as a search provider does, faults included."""

import gzip
import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Said:
    """One answer: a body of JSON, text or bytes."""

    body: object = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict = field(default_factory=dict)

    @property
    def data(self):
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        self.server.asked.append((parts.path, parse_qs(parts.query), dict(self.headers)))
        answers = self.server.answers
        said = answers(parts.path, parse_qs(parts.query)) if callable(answers) else answers.pop(0)
        self.send_response(said.status)
        for name, value in {"Content-Type": said.kind, "Content-Length": str(len(said.data)), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # who asked may have had enough of it
            self.wfile.write(said.data)

    def log_message(self, *args):
        pass


@contextmanager
def serving(answers):
    """Serve answers, in their order or by a function of path and query; yield the server, with its ``url``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers, server.asked = answers, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


PAGE = Said("<html><head><title>x</title></head><body><h1>Just a moment...</h1></body></html>", kind="text/html")
STORM = Said("slow down", 429, "text/plain", {"Retry-After": "90"})
HUGE = Said(b'{"articles": [' + b" " * 6_000_000 + b"]}")
INWARD = Said("", 302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
CUT_OFF = Said('{"articles": [{"url": "https://a.example/1"')
DOWN = Said("", 500)
DENIED = Said({"error": {"code": 403, "message": "no key"}}, 403)
GARBLED = Said(gzip.compress(b"{}" * 5)[:9], headers={"Content-Encoding": "gzip"})
FAULTS = {
    "busy": STORM, "broken": PAGE, "refused": INWARD, "failed": HUGE, "broken ": CUT_OFF, "failed ": DOWN,
    "refused ": DENIED, "broken  ": Said(b""), "broken   ": Said([1, 2]), "failed   ": GARBLED,
}  # fmt: skip
