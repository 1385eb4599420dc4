"""Two ways to fetch, keep and read the pages of a newsstand: our own steps, and one plain loop."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from warcio.capture_http import capture_http  # before requests: it puts itself into the library below

# isort: split
import django
import requests
import trafilatura

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402

from sources.capturing import fetching  # noqa: E402
from sources.formats import sandbox  # noqa: E402
from sources.models import Document, Reading  # noqa: E402
from sources.models.vocabulary import Outcome  # noqa: E402
from sources.reading import embedding, reading  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402

WARM = 50  # pages after which memory is first looked at
PAUSE = 0.05  # seconds, where all hosts rest
BATCH = 500  # addresses that are known at a time


def addresses(number: int) -> list[str]:
    """Return so many addresses, host after host in turn."""
    ports = list(json.loads(settings.PRESS_FILE.read_text())["outlets"].values())
    return [f"http://127.0.0.1:{ports[index % len(ports)]}/{index}/page" for index in range(number)]


def ours(number: int) -> dict[str, Any]:
    """Take the product's steps until every page is read."""
    embedding.model = lambda: ""  # as on a machine where no model runs
    urls = addresses(number)
    clock = Clock()
    clock.work(urls[:WARM])
    parser, memory, start, own = _parser_seconds(), _memory(), time.process_time(), clock.seconds
    for begin in range(WARM, number, BATCH):
        clock.work(urls[begin : begin + BATCH])
        sys.stderr.write(f"{min(begin + BATCH, number)} pages, {_memory():.0f} MB\n")
    worker, own = time.process_time() - start, clock.seconds - own
    grown, parsed = _memory() - memory, _parser_seconds() - parser
    sandbox.stop()
    outcomes = Document.objects.values_list("last_outcome", flat=True)
    return {
        "pages": number - WARM,
        "pages_per_cpu_second": round((number - WARM) / (own + parsed), 1),
        "pages_per_cpu_second_with_rows": round((number - WARM) / (worker + parsed), 1),
        "rss_growth_mb": round(grown, 1),
        "cpu_seconds": {"fetch, WARC, read": round(own, 1), "parser": round(parsed, 1), "rows": round(worker - own, 1)},
        "read": sum(outcome == Outcome.OK for outcome in outcomes),
    }


class Clock:
    """Counts the CPU time that steps take before they touch a row: to fetch, to keep in the archive, to read."""

    seconds = 0.0

    def work(self, urls: list[str]) -> None:
        """Have addresses fetched and read, as workers do."""
        Document.objects.bulk_create(Document(url=url, host=url.split("/")[2]) for url in urls)
        while Document.objects.filter(due_at__isnull=False).exists() or Reading.objects.filter(read_at=None).exists():
            stepped = drain(fetching.due(), self.counted(fetching.fetch))
            stepped += drain(Reading.objects.all(), self.counted(reading.read))
            if not stepped:
                time.sleep(PAUSE)

    def counted(self, step: Callable[[Any], Generator[None, None, Any]]) -> Callable[[Any], Generator[None, None, Any]]:
        """Return a step that does the same, its first half counted."""

        def run(row: Any) -> Generator[None, None, Any]:
            halves = step(row)
            start = time.process_time()
            try:
                next(halves)
            finally:
                self.seconds += time.process_time() - start
            yield
            return (yield from halves)

        return run


def plain(number: int) -> dict[str, Any]:
    """Fetch with requests, keep with warcio and read with trafilatura, one page after the other."""
    urls = addresses(number)
    session = requests.Session()
    file = str(settings.VAR / "plain.warc.gz")
    start, read = 0.0, 0
    with capture_http(file, warc_version="1.1"):
        for index, url in enumerate(urls):
            if index == WARM:
                start = time.process_time()
            body = session.get(url, timeout=20).content
            found = trafilatura.bare_extraction(body, url=url, include_comments=False, with_metadata=True)
            read += bool(found and found.text)
    seconds = time.process_time() - start
    return {
        "pages": number - WARM,
        "pages_per_cpu_second": round((number - WARM) / seconds, 1),
        "read": read,
        "warc_mb": round(Path(file).stat().st_size / 1e6, 1),
    }


def _memory() -> float:
    """Return the resident megabytes of the worker and its parser."""
    pids = [os.getpid(), *_parser_pids()]
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids]
    return sum(pages) * resource.getpagesize() / 1e6


def _parser_seconds() -> float:
    """Return the CPU seconds of the parsers so far: those that ended, and the one that runs."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for pid in _parser_pids():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _parser_pids() -> list[int]:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in children]


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"ours": ours, "plain": plain}[sys.argv[1]](int(sys.argv[2]))) + "\n")
