"""Have the feed of fact-checks polled twice, from a server on loopback, and say how quickly and in how much memory."""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402

from benchmarks import staff  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from sources.gathering import providing, streaming  # noqa: E402
from sources.gathering.providing import SetUp  # noqa: E402
from sources.models import FactCheck, ProviderSetting  # noqa: E402
from sources.models.vocabulary import Engine  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def import_once() -> tuple[float, float]:
    """Poll the feed until it has been read to its end; return the seconds of reading it into rows, and of our CPU."""
    rows = ProviderSetting.objects.filter(engine=Engine.CLAIMREVIEW)
    rows.update(due_at=timezone.now(), etag="", polled_to=None)
    drain(rows, streaming.poll, budget=timedelta(seconds=0.001))  # the download
    began, used = time.monotonic(), time.process_time()
    while rows.get().polled_to is None:
        drain(rows, streaming.poll, budget=timedelta(seconds=0.001))
        if rows.get().trouble:
            raise SystemExit(rows.get().trouble)
    return time.monotonic() - began, time.process_time() - used


def main() -> None:
    """Take the figures, and print them as JSON."""
    path = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(path.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    admin = staff.person("adam", Role.ADMIN)
    address = f"http://127.0.0.1:{server.server_port}/{path.name}"
    providing.set_up(SetUp(Engine.CLAIMREVIEW, is_on=True, address=address), by=admin)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds, used = import_once()
    number = FactCheck.objects.count()
    say(f"{number} fact-checks in {seconds:.1f} s")
    again, _used = import_once()
    figures = {
        "records": number,
        "records_per_second": round(number / seconds),
        "records_per_cpu_second": round(number / used),
        "second_run_per_second": round(number / again),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "before_mb": round(before),
        "duplicates": FactCheck.objects.count() - number,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
