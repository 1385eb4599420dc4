"""Machines of one desk: programs with a data folder each, on servers that they reach over TCP alone."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import requests
from moto.server import ThreadedMotoServer

from tests import tcp
from workbench.desk import signing_key
from workbench.runner import paths, postgres
from workbench.runner.supervisor import Supervisor

KEY = "of all machines of this desk, and so of none alone: 0123456789"
AWS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
PROGRAMS = Path(sys.executable).parent
EXAMPLE, DESK, CAPTURES = "desk.example", "desk.arvel", "captures.desk.arvel"


class Machines:
    """Servers that all machines share, and the programs that run on the machines."""

    def __init__(self, var, names):
        self.var = var
        self.servers, *hosts = tcp.addresses(1 + len(names))
        self.hosts = dict(zip(names, hosts, strict=True))
        self.supervisor = Supervisor(lambda name, line: sys.stderr.write(f"{name}: {line}\n"))
        self.bucket = ThreadedMotoServer(self.servers, port=0)
        self.folders = {}
        self.running = []
        self.signing_key = var / "signing-key.pem"
        signing_key._make(self.signing_key)

    def open(self):
        database, broker = tcp.database(self.var, self.servers, postgres.FLEETING), tcp.broker(self.var, self.servers)
        self.supervisor.start(database)
        self.supervisor.start(broker)
        self.bucket.start()
        requests.put(f"{self.endpoint}/desk-captures", timeout=30).raise_for_status()  # makes the bucket
        self.supervisor.await_ready(database, lambda: postgres.is_ready(self.var), within=60)
        self.supervisor.await_ready(broker, lambda: tcp.broker_answers(self.servers), within=60)
        tcp.create_database(self.var)

    def close(self):
        for _part, program in self.running:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
        self.bucket.stop()
        self.supervisor.stop()

    @property
    def endpoint(self):
        return "http://{}:{}".format(*self.bucket.get_host_and_port())

    def settings(self, folder, given):
        """Return the environment of a part: as it was described, with the names and servers of this test."""
        named = {name: value.replace(EXAMPLE, DESK) for name, value in given.items()}
        ours = {
            "WORKBENCH_DESK": "Desk of Arvel",
            "DATABASE_URL": tcp.database_url(self.servers, paths.APP),
            "REDIS_URL": tcp.redis_url(self.servers),
            "SECRET_KEY": KEY,
            "SIGNING_KEY_FILE": str(self.signing_key),
            "ARCHIVE_ENDPOINT": self.endpoint,
            "WORKBENCH_VAR": str(folder),
            "PATH": f"{PROGRAMS}:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "PYTHONWARNINGS": "ignore",  # of Celery, which warns of root in a container
        }
        if "DATABASE_OWNER_URL" in given:
            ours["DATABASE_OWNER_URL"] = tcp.database_url(self.servers)
        return named | ours | AWS

    def start(self, part, on, **more):
        """Start a part in a data folder of its own, at the address of a machine."""
        folder = self.var / f"{on}-{part.kind}-{len(self.folders)}"
        self.folders[folder.name] = folder
        command = [word.replace("0.0.0.0", self.hosts[on]) for word in part.command]
        if "press" in more:
            folder.mkdir()
            (folder / "press.json").write_text(json.dumps({"outlets": {"site": more.pop("press")}}))
        environment = self.settings(folder, part.environment) | more
        with (self.var / f"{folder.name}.log").open("wb") as log:
            program = subprocess.Popen(
                command, env=environment, cwd=paths.ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append((part, program))
        return program

    def complete(self, *parts, on):
        """Run commands side by side to their ends, and return what they said."""
        programs = [self.start(part, on) for part in parts]
        assert [program.wait(240) for program in programs] == [0] * len(parts), self.said()
        del self.running[-len(parts) :]
        return "".join((self.var / f"{name}.log").read_text() for name in list(self.folders)[-len(parts) :])

    def stop(self):
        """Ask all programs to stop, as each part says; return how each ended, by its kind."""
        for part, program in self.running:
            if program.poll() is None:
                program.send_signal(signal.Signals[part.signal])
        return {(part.kind, program.wait(part.grace)) for part, program in self.running}

    def said(self):
        """Return the ends of all logs, for a person who wonders why a test fails."""
        return "\n".join(f"{path.name}: {path.read_text()[-2000:]}" for path in sorted(self.var.glob("*.log")))


class Visitor:
    """A browser that reaches the desk through a TLS proxy, which sends it to any of the web servers."""

    def __init__(self):
        self.cookies = {}

    def ask(self, machine, path, host=DESK, **form):
        """Return the answer of one machine to GET, or to POST of a form; redirects are not followed."""
        headers = {
            "Host": host,
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"https://{DESK}{path}",
        }
        if form:
            form["csrfmiddlewaretoken"] = self.cookies["__Host-csrf"]
        how = {"headers": headers, "data": form, "allow_redirects": False}
        answer = requests.request("POST" if form else "GET", f"http://{machine}:8000{path}", timeout=30, **how)
        self.cookies |= answer.cookies.get_dict()
        return answer


@contextmanager
def machines(*names):
    """Open servers for machines of these names, and leave nothing running behind."""
    var = Path(tempfile.mkdtemp(prefix="workbench-machines-"))
    opened = Machines(var, names)
    try:
        opened.open()
        yield opened
    finally:
        opened.close()
        shutil.rmtree(paths.socket_folder(var), ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)
