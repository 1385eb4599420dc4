"""A site on loopback that answers as a test tells it to, and an archive of its own."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sources.web import door

PAGE = """<html lang="fr"><head><title>Le pont d’Arvel fermé</title></head><body><article><h1>Le pont d’Arvel fermé</h1>
<p>Le pont d’Arvel a été fermé lundi matin après un glissement de terrain qui a emporté une partie de la chaussée.</p>
<p>Douze personnes ont été blessées, a annoncé la préfecture dans un communiqué publié dans la soirée.</p>
</article></body></html>"""


class Site(ThreadingHTTPServer):
    """Answers of a site by path, and what it was asked for."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answering)
        self.answers = {"/robots.txt": (404, {}, b"")}
        self.lost = 404, ""
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def says(self, path, body=PAGE, status=200, **headers):
        """Answer a path from now on; header names are written with underscores. Returns the address."""
        names = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.answers[path] = (status, names, body.encode() if isinstance(body, str) else body)
        return self.url + path


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        status, lost, *more = self.server.lost
        missing = (status, {"Content-Type": "text/html; charset=utf-8", **dict(*more)}, lost.encode())
        status, headers, body = self.server.answers.get(self.path, missing)
        if status == 200 and self._is_held(headers):
            status, body = 304, b""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _is_held(self, headers):
        """Return whether a page is as the visitor knows it; dates are compared as they are written."""
        known = [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
        return any(headers.get(kept) and self.headers.get(asked) == headers[kept] for asked, kept in known)

    def log_message(self, *args):
        pass


def _serve():
    server = Site()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def host_of_its_own(site, settings):
    """Another site that the fetcher may open beside ``site``."""
    server = _serve()
    outlets = {"site": site.server_port, "other": server.server_port}
    settings.PRESS_FILE.write_text(json.dumps({"outlets": outlets}))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """A site that the fetcher may open as it may those of the sample press, with an archive folder of this test.

    The fetcher waits there for its turn, where a worker would put the row off.
    """
    monkeypatch.setattr(door, "SHORT_WAIT", 30)
    server = _serve()
    settings.SAMPLE, settings.ARCHIVE_FOLDER = True, tmp_path / "archive"
    settings.PRESS_FILE = tmp_path / "press.json"
    settings.PRESS_FILE.write_text(json.dumps({"outlets": {"site": server.server_port}}))
    yield server
    server.shutdown()
    server.server_close()
