"""Pages: how long each takes at a desk of some size, for one user and for many, while workers fetch and read.

Everything goes through gunicorn as ``manage.py up`` starts it. To measure another page, add its address to
``ADDRESSES``. What a name in brackets stands for is in ``places``.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import requests

from benchmarks import memory, visitors
from benchmarks.desk import Desk
from benchmarks.measuring import arguments, report, say
from benchmarks.scale import SIZES, filled, sizes_of, times_per_ten
from benchmarks.visitors import Visits
from workbench.runner.startup import WEB_OPTIONS

WITHIN = 120  # seconds in which the web server answers

# Where {word} is one of the texts, and {name} the name of a topic.
ADDRESSES = {
    "queue": "/",
    "claims": "/claims/",
    "claims, last page": "/claims/?page=last",
    "claims, search": "/claims/?words={word}",
    "claims, find": "/claims/find/?words={name}",
    "claim": "/claims/{claim}/",
    "claim, poll": "/claims/{claim}/progress/",
    "claim, poll with nothing new": "/claims/{claim}/progress/?seen={seen}",
    "claim, log": "/claims/{claim}/log/",
    "documents": "/sources/documents/",
    "documents, last page": "/sources/documents/?page=last",
    "documents, search": "/sources/documents/?words={name}",
    "document": "/sources/documents/{document}/",
    "sources": "/sources/",
    "sources, search": "/sources/?words=Courier+7",
    "sources, find": "/sources/find/?words=Courier",
    "source": "/sources/{source}/",
    "feeds": "/sources/feeds/",
    "hosts": "/sources/hosts/",
    "searches": "/sources/searches/",
    "reports": "/reports/",
    "reports, search": "/reports/?words={name}",
    "log": "/log/",
    "problems": "/trouble/",
    "readiness": "/readyz",
    "admin, claims": "/admin/claims/claim/",
    "admin, evidence, search": "/admin/claims/evidence/?q={word}",
    "admin, passages, search": "/admin/sources/passage/?q={word}",
    "admin, documents": "/admin/sources/document/",
}


def main() -> None:
    """Take the figures."""
    about = str(__doc__).split("\n", 1)[0]
    options = arguments(
        about, data=False, sizes=SIZES, users=50, seconds=60, warming=30, times=10, thinking=1.0, keep=""
    )
    found = [at_size(size, options) for size in sizes_of(options.sizes)]
    many = [size["many"] for size in found]
    alone = [size["alone"] for size in found]
    worst = max(((one["p95_ms"], name) for size in many for name, one in size["pages"].items()), default=(0.0, ""))
    report(
        worst_p95_ms=worst[0],
        worst=worst[1],
        errors=sum(size["errors"] for size in many + alone),
        pages_per_second=many[-1]["pages_per_second"],
        memory=many[-1]["memory"],
        p95_ms={name: one["p95_ms"] for name, one in many[-1]["pages"].items()},
        growth_per_ten=growth(found),
        sizes=found,
    )


def at_size(size: int, options: Any) -> dict[str, Any]:
    """Return the figures at a desk with so many passages."""
    settings = {"WORKBENCH_SAMPLE": "true", "WORKBENCH_LOG_LEVEL": "ERROR", "WEB_ACCESS_LOG": ""}
    with filled(size, options.keep, **settings) as (here, people):
        base = served(here)
        at_work(here, base)
        visits = Visits(base, places(here, base, people), ADDRESSES, people)
        visits.alone(1)  # what is made at the first visit is not the page's
        alone = visits.alone(options.times)
        say(f"{size} passages: one user, {alone['pages']}")
        here.start("crawl", "-m", "benchmarks.crawling")
        with memory.watched({name: here.programs[name].pid for name in ("web", "worker", "crawl")}) as samples:
            many = visits.together(options.users, options.seconds, options.thinking, options.warming)
        many["memory"] = memory.growth(samples)
        say(f"{size} passages: {options.users} users, {many['pages']}")
    return {"passages": size, "alone": alone, "many": many}


def served(here: Desk) -> str:
    """Start the web server as the workbench does; return its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    size = [*WEB_OPTIONS, "--log-level=warning"]
    web = here.start("web", "-m", "gunicorn", "workbench.wsgi", f"--bind=127.0.0.1:{port}", *size)
    base, ends = f"http://127.0.0.1:{port}", time.monotonic() + WITHIN
    while time.monotonic() < ends and web.poll() is None:
        with contextlib.suppress(requests.RequestException):
            requests.get(f"{base}/healthz", timeout=10)
            return base
        time.sleep(0.2)
    raise SystemExit(f"The web server does not answer: {(here.var / 'web.log').read_text()[-2000:]}")


def at_work(here: Desk, base: str) -> None:
    """Start a worker and the clock as the workbench does, and wait until everything is ready."""
    celery = ["-m", "celery", "--quiet", "--app=workbench"]
    here.start("worker", *celery, "worker", "--concurrency=2", "-O", "fair", "--loglevel=WARNING")
    here.start("clock", *celery, "beat", f"--schedule={here.var / 'clock'}", "--pidfile=", "--loglevel=WARNING")
    ends = time.monotonic() + WITHIN
    while time.monotonic() < ends:
        if (answer := requests.get(f"{base}/readyz", timeout=WITHIN)).ok:
            return
        time.sleep(1)
    raise SystemExit(f"The desk is not ready: {answer.text[:2000]}")


def places(here: Desk, base: str, people: dict[str, str]) -> dict[str, list[str]]:
    """Return what the names in addresses stand for: some values each, taken in turn."""
    found = rows_of(here.ask)
    session = visitors.signed_in(base, people["editor"], people["password"])
    return found | {"seen": [visitors.seen(session, f"{base}/claims/{key}/") for key in found["claim"]]}


def rows_of(ask: Callable[[str], list[tuple[Any, ...]]]) -> dict[str, list[str]]:
    """Return keys and words of some rows, by the names in addresses; ``ask`` answers a question in SQL."""
    opened = [str(key) for (key,) in ask("SELECT id FROM claims_claim WHERE status = 'open' ORDER BY id LIMIT 20")]
    texts = [text for (text,) in ask("SELECT text FROM claims_claim ORDER BY id DESC LIMIT 20")]
    names = [word for text in texts for word in text.rstrip(".").split() if word.endswith("grad")]
    numbers = {name: ask(f"SELECT count(*) FROM {name}")[0][0] for name in ("claims_claim", "sources_document")}  # noqa: S608
    keys = {name: [str(number * part // 21 or 1) for part in range(1, 21)] for name, number in numbers.items()}
    return {
        "claim": opened,
        "document": keys["sources_document"],
        "source": [str(key) for (key,) in ask("SELECT id FROM sources_source ORDER BY id LIMIT 20")],
        "word": [max(text.rstrip(".").split(), key=len) for text in texts],
        "name": names,
    }


def growth(found: list[dict[str, Any]]) -> dict[str, float] | None:
    """Return by how much the middle time of each page grows, for one user, where ten times as much is held."""
    first, last = found[0], found[-1]
    if first is last:
        return None
    pages = {
        name: (first["alone"]["pages"][name]["median_ms"], one["median_ms"])
        for name, one in last["alone"]["pages"].items()
    }
    how = {name: times_per_ten(*both, first, last) for name, both in pages.items()}
    return dict(sorted(how.items(), key=lambda one: -one[1]))


if __name__ == "__main__":
    sys.exit(main())
