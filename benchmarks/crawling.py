"""Workers at their trade: invented articles are fetched over HTTP, read and compared with open claims, until killed."""

from __future__ import annotations

import json
import os
import threading
import time
from datetime import timedelta
from http.server import ThreadingHTTPServer
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402

from benchmarks import synthetic  # noqa: E402
from benchmarks.embedded import Press, page  # noqa: E402
from claims.evidence import coverage_matching  # noqa: E402
from sources.capturing import fetching  # noqa: E402
from sources.reading import reading  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402
from workbench.runner import priority  # noqa: E402

ARTICLES = 2_000
SOME = 20  # asked for at a time
HOSTS = 8
SHORT = timedelta(seconds=1)


def crawl() -> None:
    """Ask for articles a few at a time, and take all steps with them, at the priority of workers."""
    priority.give_way()
    texts = list(synthetic.texts(ARTICLES, 50, seed=9))
    pages = {f"/{number}": page([text.title, *text.passages]) for number, text in enumerate(texts)}
    ports = []
    for _host in range(HOSTS):
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Press,), {"pages": pages}))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ports.append(server.server_port)
    outlets = {f"host-{number}": port for number, port in enumerate(ports)}
    settings.PRESS_FILE.write_text(json.dumps({"outlets": outlets}))
    by = User.objects.order_by("pk")[0]
    for start in count(0, SOME):
        for number in range(start, start + SOME):
            fetching.ask(f"http://127.0.0.1:{ports[number % HOSTS]}/{number % ARTICLES}", by=by)
        for _round in range(5):
            drain(fetching.due(), fetching.fetch, budget=SHORT)
            drain(reading.due(), reading.read, budget=SHORT)
            drain(coverage_matching.due(), coverage_matching.compare, budget=SHORT)
            time.sleep(0.1)


if __name__ == "__main__":
    crawl()
