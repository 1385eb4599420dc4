"""Bring hostile files and read them, as the product does, in a desk of its own; say what happened to each."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from typing import Any

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks import hostile_files, staff  # noqa: E402
from benchmarks.hostile_files import HostileFile  # noqa: E402
from benchmarks.hostile_zips import PORT  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from sources.capturing import bringing  # noqa: E402
from sources.formats import sandbox  # noqa: E402
from sources.formats.sandbox_program import MEMORY  # noqa: E402
from sources.models import Document, Reading  # noqa: E402
from sources.models.vocabulary import Outcome  # noqa: E402
from sources.reading import reading  # noqa: E402
from tests import taken_over  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.refusal import Refusal  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402

GRACE = 30.0  # seconds beyond what the sandbox gives a file: to start it again, on a machine under load
OURS = 500 * 2**20  # bytes that the process of a worker may need beyond what it has: a file whole, and its text
EVERY = 0.05  # seconds
SECRET = Path("/etc/hostname")


@dataclass
class Tally:
    """What happened to the files."""

    crashes: list[str] = field(default_factory=list)
    over_memory: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    escaped: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    peak: int = 0

    def figures(self) -> dict[str, Any]:
        """Return the figures, and the names behind each that is not zero."""
        names = {name: getattr(self, name) for name in ("crashes", "over_memory", "hung", "escaped")}
        counts = {name: len(found) for name, found in names.items()}
        return {
            **counts,
            "files": self.outcomes.total(),
            "gave_up": self.outcomes["gave_up"],
            "outcomes": dict(self.outcomes),
            "slowest_seconds": round(self.slowest, 1),
            "peak_sandbox_mb": round(self.peak / 2**20),
            "which": {name: found for name, found in names.items() if found},
        }


class Canary(BaseHTTPRequestHandler):
    """An address that is named in hostile files, and that nobody may ask."""

    asked = 0

    def do_GET(self) -> None:
        """Note that somebody asked."""
        Canary.asked += 1
        self.send_error(404)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Memory(threading.Thread):
    """Samples what the sandbox holds, and this process beyond what it held before a file was brought."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process()
        self.restart()

    def restart(self) -> None:
        """Begin with the next file."""
        self.start_size = self.process.memory_info().rss
        self.sandbox = self.ours = 0

    def run(self) -> None:
        """Sample until the program ends."""
        while True:
            time.sleep(EVERY)
            self.ours = max(self.ours, self.process.memory_info().rss - self.start_size)
            for child in self.process.children():
                try:
                    self.sandbox = max(self.sandbox, child.memory_info().rss)
                except psutil.Error:
                    continue


def bring_all(files: Iterator[HostileFile]) -> Tally:
    """Bring each file, read it, and look at what is left."""
    person = staff.person("bringer", Role.EDITOR)
    client, tally, memory = Client(), Tally(escaped=_from_inside()), Memory()
    client.force_login(person)
    memory.start()
    secret = SECRET.read_text().strip() if SECRET.exists() else ""
    keys = _keys()
    for file in files:
        asked, before, body = Canary.asked, _beside(), file.make()
        memory.restart()
        began = time.monotonic()
        outcome, document = _brought(file, body, person, tally)
        took = time.monotonic() - began
        tally.outcomes[outcome] += 1
        tally.slowest, tally.peak = max(tally.slowest, took), max(tally.peak, memory.sandbox)
        if took > sandbox.FILE_LIMIT + GRACE:
            tally.hung.append(file.what)
        if memory.sandbox > MEMORY + 200 * 2**20 or memory.ours > OURS:
            tally.over_memory.append(file.what)
        got_out = Canary.asked > asked or _beside() != before or _keys() != keys
        if got_out or (document and (_is_told(document, secret) or _is_run(client, document))):
            tally.escaped.append(file.what)
        say(f"{file.what[:40]!r}: {outcome}, {took:.1f} s, {memory.sandbox >> 20} MB, ours {memory.ours >> 20} MB")
    return tally


def _from_inside() -> list[str]:
    """Return what a program could do that a file has taken over: one that parses, and one such as ffmpeg."""
    secret = settings.VAR / "escaping" / "secret-key"
    secret.parent.mkdir()
    found = []
    for kind, is_module in (("parser", True), ("program", False)):
        secret.write_text("key")
        did = taken_over.did(secret, is_module=is_module)
        if taken_over.OWN_CODE not in did:
            found.append(f"{kind}: it did not run")
        found += [f"{kind}: {way}" for way in did if way != taken_over.OWN_CODE]
    return found


def _keys() -> dict[Path, bytes]:
    """Return the keys of the desk."""
    return {path: path.read_bytes() for path in settings.VAR.glob("*key*") if path.is_file()}


def _brought(file: HostileFile, body: bytes, person: User, tally: Tally) -> tuple[str, Document | None]:
    try:
        document = bringing.bring(io.BytesIO(body), file.name, by=person)
    except Refusal as refusal:
        return f"refused: {refusal.code}", None
    except Exception as problem:  # noqa: BLE001 -- whatever it is, it is what we count
        tally.crashes.append(f"{file.what}: {problem!r}"[:300])
        return "crash", None
    try:
        return _read(document), document
    except Exception as problem:  # noqa: BLE001 -- as above
        tally.crashes.append(f"{file.what}: {problem!r}"[:300])
        return "crash", document


def _read(document: Document) -> str:
    """Read the file of a document as a worker does, with the tries that it gives one."""
    row = Reading.objects.get(capture__document=document)
    if row.read_at is not None:
        return "brought before"
    row.tries = reading.MOST_PARSINGS  # a worker tries once more, which shows nothing new
    step = reading.read(row)
    next(step)
    with transaction.atomic():
        for _rest in step:
            pass
    row.refresh_from_db()
    return "gave_up" if row.outcome == Outcome.UNPARSABLE else str(row.outcome)


def _beside() -> set[Path]:
    """Return the files that hostile names point at."""
    places = [Path("/tmp"), settings.VAR, settings.VAR.parent]  # noqa: S108 -- looked at, not used
    return {path for place in places for path in place.glob("*escaped*")} | set(settings.UPLOAD_FOLDER.glob("*"))


def _is_told(document: Document, secret: str) -> bool:
    rows = Reading.objects.filter(capture__document=document).values_list("text", "file_facts", "title")
    return bool(secret) and any(secret in f"{text} {facts} {title}" for text, facts, title in rows)


def _is_run(client: Client, document: Document) -> bool:
    """Return whether our host would give these bytes to a browser that runs them, or a page that shows them breaks."""
    capture = document.captures.get()
    raw = client.get(reverse("sources:raw", args=[capture.pk]))
    policy = raw.headers.get("Content-Security-Policy", "")
    is_inert = (
        "sandbox" in policy and "allow-scripts" not in policy and raw.headers["X-Content-Type-Options"] == "nosniff"
    )
    page = client.get(document.get_absolute_url())
    words = page.content.decode()
    return not is_inert or page.status_code != 200 or "<script>alert(1)" in words or "<script>fetch(" in words


def main() -> None:
    """Bring the files, and say what happened."""
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ALLOWED_HOSTS = ["*"]
    tally = bring_all(islice(hostile_files.made(), int(sys.argv[1])))
    sandbox.stop()
    sys.stdout.write(json.dumps(tally.figures()) + "\n")


if __name__ == "__main__":
    main()
