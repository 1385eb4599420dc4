"""A web server with our own worker and a small application, whose clients are slow, silent or hostile."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing

import psutil
import pytest

from workbench.runner import paths
from workbench.runner.startup import WEB_OPTIONS

SOON = 4  # seconds: gunicorn’s own worker with threads takes more in each of these cases
PATIENCE = 30  # seconds for what only has to happen at all
APPLICATION = """
import os, time
from workbench.runner import gunicorn_worker

gunicorn_worker.SILENT = 1.0
gunicorn_worker.ALONE = float(os.environ.get("ALONE", gunicorn_worker.ALONE))
running = []

def application(environ, start):
    running.append(environ)
    try:
        return answer(environ, start)
    finally:
        running.remove(environ)

def answer(environ, start):
    if environ["PATH_INFO"] == "/beside":
        environ["QUERY_STRING"] = str(len(running))
    if environ["PATH_INFO"] == "/wait":
        open("waits", "w").close()
        while not os.path.exists("go on"):
            time.sleep(0.02)
    start("200 OK", [("Content-Length", environ["QUERY_STRING"] or "2")])
    if environ["PATH_INFO"] == "/breaks":
        return broken()
    return [b"x" * int(environ["QUERY_STRING"] or 2)]

def broken():
    yield b"x"
    raise ValueError("the rest cannot be read")
"""


class Site:
    """A web server of the workbench that serves the small application."""

    def __init__(self, folder, *options):
        self.folder = folder
        (folder / "small_site.py").write_text(APPLICATION)
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = listening.getsockname()
        with listening:  # the server has its own copy; until it is up, clients wait in the queue of the socket
            number = listening.fileno()
            command = [sys.executable, "-m", "gunicorn", "small_site:application", f"--bind=fd://{number}"]
            settings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(paths.ROOT), str(folder)])}
            self.program = subprocess.Popen(
                [*command, *WEB_OPTIONS, *options], cwd=folder, env=settings, pass_fds=[number]
            )
        assert self.ask(within=PATIENCE) == b"xx"

    def connect(self, within=SOON):
        return socket.create_connection(self.address, timeout=within)

    def send(self, path="/", within=SOON):
        client = self.connect(within)
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: desk.example\r\n\r\n".encode())
        return client

    def ask(self, path="/", within=SOON):
        with self.send(path, within) as client:
            return body(client)

    def await_request(self):
        """Wait until a request has a thread."""
        ends = time.monotonic() + PATIENCE
        while not (self.folder / "waits").exists() and time.monotonic() < ends:
            time.sleep(0.02)

    def go_on(self):
        (self.folder / "go on").touch()

    def close(self):
        self.go_on()
        self.program.terminate()
        try:
            self.program.wait(PATIENCE)
        finally:
            self.program.kill()


def body(client):
    """Return what a client is answered, up to the end that the server sends."""
    answer = b"".join(iter(lambda: client.recv(65_536), b""))
    return answer.partition(b"\r\n\r\n")[2]


@pytest.fixture
def site(tmp_path):
    """A function that starts a server of its own."""
    with ExitStack() as opened:
        yield lambda *options: opened.enter_context(closing(Site(tmp_path, *options)))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A server with one process."""
    with closing(Site(tmp_path_factory.mktemp("site"), "--workers=1")) as served:
        yield served


def test_clients_that_do_not_close_after_an_answer_keep_nobody_waiting(small):
    answered = [small.send() for _client in range(8)]
    assert [body(client) for client in answered] == [b"xx"] * 8

    assert small.ask() == b"xx"


def test_connections_that_send_nothing_keep_nobody_waiting_and_are_closed(small):
    silent = [small.connect(PATIENCE) for _client in range(20)]

    assert small.ask() == b"xx"
    assert {client.recv(1) for client in silent} == {b""}


def test_a_request_in_two_parts_is_answered(small):
    with small.connect() as client:
        for part in (b"GET / HTTP/1.1\r\n", b"Host: desk.example\r\n\r\n"):
            client.sendall(part)

        assert body(client) == b"xx"


def test_no_request_waits_for_a_busy_process_while_another_is_free(site):
    small = site("--workers=2", "--threads=1")
    with small.send("/wait") as waiting:
        assert [small.ask() for _request in range(20)] == [b"xx"] * 20
        small.go_on()

        assert body(waiting) == b"xx"


def test_a_request_has_its_process_to_itself_for_a_while(site, monkeypatch):
    monkeypatch.setenv("ALONE", "60")
    small = site("--workers=1", "--threads=2")
    with small.send("/wait", PATIENCE) as waiting, small.send("/beside", PATIENCE) as second:
        small.await_request()
        small.go_on()

        assert (body(waiting), body(second)) == (b"xx", b"x")


def test_a_request_that_takes_long_keeps_nobody_waiting(site):
    small = site("--workers=1", "--threads=2")
    with small.send("/wait", PATIENCE) as waiting:
        small.await_request()
        assert small.ask("/beside") == b"xx"
        small.go_on()

        assert body(waiting) == b"xx"


def test_what_no_process_takes_yet_is_answered_later(site):
    small = site("--workers=1", "--threads=1")
    waiting = [small.send("/wait", PATIENCE) for _request in range(10)]
    small.go_on()

    assert [body(client) for client in waiting] == [b"xx"] * 10


def test_a_client_gets_a_large_answer_whole_though_it_sends_more_than_it_was_asked_for(small):
    size = 3_000_000
    with small.send(f"/?{size}", PATIENCE) as client:
        client.sendall(b"y" * 1_000)

        assert len(body(client)) == size


def test_a_client_that_never_stops_sending_is_cut(small):
    with small.send(within=PATIENCE) as client, pytest.raises(ConnectionError):
        client.sendall(b"y" * 100_000_000)


def test_a_client_that_leaves_at_once_does_no_harm(small):
    for _client in range(20):
        small.send("/?3000000").close()

    assert small.ask(within=PATIENCE) == b"xx"


def test_an_answer_that_breaks_off_leaves_the_process_alive(site):
    small = site("--workers=1")
    (process,) = psutil.Process(small.program.pid).children()
    for _request in range(3):
        assert small.ask("/breaks?9", within=PATIENCE) == b"x"

    assert small.ask(within=PATIENCE) == b"xx"
    assert psutil.Process(small.program.pid).children() == [process]


def test_requests_that_wait_are_answered_before_the_server_stops(site):
    small = site("--workers=1")
    waiting = [small.send("/wait", PATIENCE) for _request in range(6)]
    small.await_request()
    small.program.send_signal(signal.SIGTERM)
    time.sleep(1)  # it has noticed
    small.go_on()

    assert [body(client) for client in waiting] == [b"xx"] * 6


def test_a_request_that_runs_is_answered_before_the_server_stops(site):
    small = site("--workers=1")
    with small.send("/wait", PATIENCE) as client:
        small.await_request()
        small.program.send_signal(signal.SIGTERM)
        small.go_on()

        assert body(client) == b"xx"
    assert small.program.wait(PATIENCE) == 0
