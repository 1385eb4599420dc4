"""Take the CPU milliseconds of each page in one process, at a desk of some size."""

from __future__ import annotations

import cProfile
import io
import json
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402

from benchmarks import synthetic  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from benchmarks.pages import ADDRESSES, rows_of  # noqa: E402
from benchmarks.visitors import ADMIN  # noqa: E402
from claims import following  # noqa: E402
from claims.evidence import progress  # noqa: E402
from claims.models import Claim  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.work_queue import take_step  # noqa: E402
from workbench.wsgi import application  # noqa: E402

MORE = {
    "claim, to weigh": "/claims/{weighing}/",
    "claim, poll, to weigh": "/claims/{weighing}/progress/",
    "claim, pick": "/claims/{weighing}/pick/{document}/",
    "search": "/search/?q={name}",
    "admin": "/admin/",
    "admin, log": "/admin/workbench/logentry/",
    "drafts": "/drafts/",
    "claim, log it": "/claims/log/",
}
WARM = 2  # visits before we count
WEIGHING = 10  # claims with suggestions
MOST_STEPS = 100
NANO = 1e-6  # milliseconds
LINES = 45

Get = Callable[[str], int]


def figures(times: int, editor: str, admin: str, profile: str) -> dict[str, dict[str, float]]:
    """Return CPU milliseconds and queries of each page; print the profile of the page with that name."""
    places = rows_of(asked)
    places |= {
        "weighing": [str(key) for key in weighing()],
        "seen": [progress.digest(int(key)) for key in places["claim"]],
    }
    gets = {name: visitor(name) for name in (editor, admin)}
    found = {}
    for name, address in (ADDRESSES | MORE).items():
        get = gets[admin if address.startswith(ADMIN) else editor]
        paths = [
            address.format(**{one: given[turn % len(given)] for one, given in places.items() if given})
            for turn in range(WARM + times)
        ]
        status = [get(path) for path in paths[:WARM]]
        if set(status) - {200, 204}:
            say(f"{name}: {paths[0]} {status}")
            continue
        if name == profile:
            profiled(name, get, paths[WARM:])
        found[name] = measured(get, paths[WARM:])
    return found


def measured(get: Get, paths: list[str]) -> dict[str, float]:
    """Return the CPU milliseconds of these visits: of this process, of its connection; and their queries."""
    ours, theirs, queries = [], [], []
    for path in paths:
        database = backend()
        with counted() as count:
            started = time.process_time()
            get(path)
            ours.append((time.process_time() - started) * 1000)
        theirs.append(backend() - database)
        queries.append(count[0])
    both = [one + other for one, other in zip(ours, theirs, strict=True)]
    return {
        "cpu_ms": round(statistics.median(both), 1),
        "web_ms": round(statistics.median(ours), 1),
        "database_ms": round(statistics.median(theirs), 1),
        "queries": max(queries),
    }


def profiled(name: str, get: Get, paths: list[str]) -> None:
    """Print where the time of these visits goes."""
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    for path in paths:
        get(path)
    profiler.disable()
    words = io.StringIO()
    pstats.Stats(profiler, stream=words).sort_stats("cumulative").print_stats(LINES).sort_stats("tottime").print_stats(
        LINES
    )
    say(f"{name}, {len(paths)} times\n{words.getvalue()}")


def visitor(username: str) -> Get:
    """Return a function that opens an address as a person who has signed in."""
    client = Client()
    client.force_login(User.objects.get(username=username), "workbench.desk.sign_in.RoleBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    factory = RequestFactory(SERVER_NAME="127.0.0.1")

    def get(path: str) -> int:
        request = factory.get(path, headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
        status: list[str] = []
        answer = application(request.environ, lambda line, _headers, *_more: status.append(line))
        for _part in answer:
            pass
        answer.close()  # type: ignore[attr-defined]
        return int(status[0].split()[0])

    return get


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the queries of the block."""
    count = [0]

    def one(execute: Callable[..., Any], *asked: Any) -> Any:
        count[0] += 1
        return execute(*asked)

    with connection.execute_wrapper(one):
        yield count


def backend() -> float:
    """Return the CPU milliseconds that the process of our database connection has used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    return int(Path(f"/proc/{number}/schedstat").read_text().split()[0]) * NANO


def asked(question: str) -> list[tuple[Any, ...]]:
    """Return the rows that answer a question in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def weighing() -> list[int]:
    """Return claims that have suggestions; where there are none, log some, and follow each to its end."""

    def held() -> list[int]:
        return list(Claim.objects.filter(evidence__isnull=False).distinct().order_by("pk").values_list("pk", flat=True))

    by, topics = (
        User.objects.order_by("pk")[0],
        synthetic.topics_of(synthetic.PER_TEXT * asked("SELECT count(*) FROM sources_document")[0][0]),
    )
    if not held():
        for language, text in synthetic.claims(WEIGHING, topics, seed=4):
            claim = Claim.objects.create(text=text, language=language, logged_by=by)
            for _step in range(MOST_STEPS):
                row = Claim.objects.filter(pk=claim.pk).claim_next()
                if row is None:
                    break
                take_step(row, following.follow)
    return held()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(int(sys.argv[1]), *sys.argv[2:5])) + "\n")
