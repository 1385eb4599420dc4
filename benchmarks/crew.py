"""Who works at the desk of a benchmark: one who asks for documents, and workers that fetch them."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402

from benchmarks import staff  # noqa: E402
from sources import tasks  # noqa: E402
from sources.capturing import fetching  # noqa: E402
from sources.registry import host_policy  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402


def ask(number: int, delay: float) -> None:
    """Decide on a delay for every host of the sample, and ask for so many documents, host after host."""
    by = staff.person("edith", Role.EDITOR)
    ports = list(json.loads(settings.PRESS_FILE.read_text())["outlets"].values())
    for port in ports:
        host_policy.set_policy(f"http://127.0.0.1:{port}", by=by, note="benchmark", delay=timedelta(seconds=delay))
    for index in range(number):
        host = index * len(ports) // number
        fetching.ask(f"http://127.0.0.1:{ports[host]}/page/{index}", by=by)


def fetch() -> None:
    """Fetch what is due, until we are killed."""
    while True:
        tasks.fetch_documents()
        time.sleep(0.05)


if __name__ == "__main__":
    if sys.argv[1] == "ask":
        ask(int(sys.argv[2]), float(sys.argv[3]))
    else:
        fetch()
