"""The sample press, open for a test session, and a reader who knows nothing of it but its addresses."""

import http.client
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest

from workbench.sample import server
from workbench.sample.outlets import HERE, LOOPBACK, outlets, press_addresses

ROOT = HERE.parent.parent


@dataclass(frozen=True)
class Response:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class OpenPress:
    ports_file: Path
    process: subprocess.Popen[str] | None = None

    @property
    def addresses(self):
        return press_addresses(self.ports_file)

    def read(self, slug, path, *, method="GET", **headers):
        port = int(self.addresses[slug].rpartition(":")[2])
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return Response(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="session")
def press(tmp_path_factory):
    ports_file = tmp_path_factory.mktemp("press") / "ports.json"
    servers = server.open_press(ports_file, edit_after=timedelta(days=1))
    threads = [threading.Thread(target=one.serve_forever, args=(0.05,)) for one in servers]
    for thread in threads:
        thread.start()
    yield OpenPress(ports_file)
    for one in servers:
        one.shutdown()
    server.close_press(servers)


@pytest.fixture
def start():
    """Start presses as programs of their own, each returned once it has said where it is."""
    processes = []

    def start_one(ports_file, *options, **environment):
        command = [sys.executable, "-m", "workbench.sample", "--ports-file", str(ports_file), *options]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, **environment}
        )
        processes.append(process)
        for _ in outlets():
            assert process.stdout.readline().startswith("sample press: http://127.0.0.1:")
        return OpenPress(ports_file, process)

    yield start_one
    for process in processes:
        process.kill()
        process.communicate()
