"""Visits are timed over HTTP, and what fails is counted."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.pages import growth
from benchmarks.visitors import Visits, p95

PEOPLE = {"editor": "edith", "admin": "ada", "password": "x"}


class Site(BaseHTTPRequestHandler):
    """Lets everybody sign in, and has no page but those of even numbers."""

    def do_GET(self):
        self.answer(404 if self.path.endswith(("1", "3")) else 200)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(302)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Set-Cookie", "csrftoken=x")
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def base():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_each_page_is_visited_and_errors_are_counted(base):
    places = {"claim": ["1", "2"], "none": []}
    addresses = {"queue": "/", "claim": "/claims/{claim}", "left out": "/{none}", "admin": "/admin/{claim}"}

    found = Visits(base, places, addresses, PEOPLE).alone(2)

    assert set(found["pages"]) == {"queue", "claim", "admin"}
    assert (found["visits"], found["errors"]) == (6, 2)


def test_many_visit_at_once(base):
    found = Visits(base, {}, {"queue": "/"}, PEOPLE).together(3, 1, 0.2)

    assert found["visits"] >= 6
    assert found["errors"] == 0


def test_p95_is_what_95_of_100_do_not_exceed():
    assert p95([*range(100)]) == 95
    assert p95([7.0]) == 7.0


def test_the_page_that_grows_most_comes_first():
    small, large = (
        {"passages": size, "alone": {"pages": {"a": {"median_ms": one}, "b": {"median_ms": two}}}}
        for size, one, two in ((10, 2.0, 2.0), (100, 2.0, 6.0))
    )

    assert growth([small, small]) is None
    assert growth([small, large]) == {"b": 3.0, "a": 1.0}
