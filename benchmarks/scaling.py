"""Take the figures of matching at a desk of some size: search for a claim, a new claim, and looks that find nothing."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

import numpy as np  # noqa: E402
from celery import current_app  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import synthetic  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from benchmarks.visitors import p95  # noqa: E402
from claims import following  # noqa: E402
from claims import tasks as claim_tasks  # noqa: E402
from claims.evidence import coverage_matching  # noqa: E402
from claims.models import Claim  # noqa: E402
from sources import tasks as source_tasks  # noqa: E402
from sources.language import similarity  # noqa: E402
from sources.language.similarity import Worded  # noqa: E402
from sources.models import PassageVector, ReadingVector, full_text  # noqa: E402
from sources.models.vector import group_of  # noqa: E402
from sources.reading import embedding, retrieval  # noqa: E402
from sources.reading.retrieval import Pool, Query  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.work_queue import drain, take_step  # noqa: E402

BEST = 20  # of everything; so many should be in the pool
LOOKS = 50  # repeated, because the kernel counts the CPU time of PostgreSQL in hundredths of a second
MOST_STEPS = 100
SETTLING = timedelta(minutes=10)
TICKS = os.sysconf("SC_CLK_TCK")
ALL = 10**9


def figures(passages: int, searches: int, exact: int, new: int) -> dict[str, Any]:
    """Return the figures at a desk that holds so many passages."""
    model, topics = embedding.model(), synthetic.topics_of(passages)
    asked = [
        Query(Worded(text, language), synthetic.vector(text, language))
        for language, text in synthetic.claims(searches, topics, seed=3)
    ]
    for question in asked[:3]:
        retrieval.retrieve([question], model)  # what is read from disk for the first is not the question's
    pools, took, cpu = [], [], cpu_seconds()
    for question in asked:
        started = time.perf_counter()
        pools.append(retrieval.retrieve([question], model))
        took.append((time.perf_counter() - started) * 1000)
    cpu = (cpu_seconds() - cpu) / len(asked)
    say(f"{passages} passages: searches took {statistics.median(took):.0f} ms, the middle one")
    found = [recall(question, pool, model) for question, pool in list(zip(asked, pools, strict=True))[:exact]]
    return {
        "passages": passages,
        "claims": Claim.objects.count(),
        "claim_search_p95_ms": round(p95(took), 1),
        "claim_search_median_ms": round(statistics.median(took), 1),
        "claim_search_cpu_ms": round(cpu * 1000, 1),
        "recall_against_exact": round(statistics.fmean(found), 4),
        **new_claims(new, topics),
        **idle(),
    }


def recall(question: Query, pool: Pool, model: str) -> float:
    """Return the share of the best passages, by an exact search, that are in a pool."""
    with exactly():
        everything = retrieval.retrieve([question], model)
    rows = everything.passages
    readings = ReadingVector.objects.by_owner(model, {row.reading_id for row in rows})
    own = PassageVector.objects.by_owner(model, [row.pk for row in rows])
    blank = np.zeros(synthetic.WIDTH, dtype=np.float32)
    vectors = [own.get(row.pk, readings.get(row.reading_id)) for row in rows]
    assert question.vector is not None
    cosines = np.stack([blank if one is None else one for one in vectors]) @ question.vector
    levels = everything.levels[0]
    excess = np.array(
        [
            cosine - levels.get(group_of(row.language), similarity.USUAL)
            for row, cosine in zip(rows, cosines, strict=True)
        ]
    )
    ours = similarity.features(*question.wording)
    shared = np.array([similarity.lexical(ours, similarity.features(row.exact, row.language)) for row in rows])
    best = np.argsort(-similarity.combine(excess, shared), kind="stable")[:BEST]
    there = {row.pk for row in pool.passages}
    return sum(rows[place].pk in there for place in best) / len(best)


@contextmanager
def exactly() -> Iterator[None]:
    """Compare all vectors, rank all passages that have a word, and leave out none that was found."""
    kept = (full_text.COMMON, full_text.MOST_FOUND, retrieval.MOST)
    full_text.COMMON = full_text.MOST_FOUND = retrieval.MOST = ALL
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET enable_indexscan = off")
            yield
            cursor.execute("RESET enable_indexscan")
    finally:
        full_text.COMMON, full_text.MOST_FOUND, retrieval.MOST = kept


def new_claims(number: int, topics: int) -> dict[str, Any]:
    """Return what it costs to follow a new claim to its end. Its texts are embedded elsewhere, and counted."""
    by = User.objects.order_by("pk")[0]
    costs, lengths, steps, before = [], [], 0, PassageVector.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for language, text in synthetic.claims(number, topics, seed=4):
        claim = Claim.objects.create(text=text, language=language, logged_by=by)
        cpu, clock = cpu_seconds(), time.perf_counter()
        for _step in range(MOST_STEPS):
            row = Claim.objects.filter(pk=claim.pk).claim_next()
            if row is None:
                break
            take_step(row, following.follow)
            steps += 1
        costs.append(cpu_seconds() - cpu)
        lengths.append(time.perf_counter() - clock)
    embedded = PassageVector.objects.filter(pk__gt=before).count()
    failed = Claim.objects.exclude(trouble="").count()
    return {
        "cpu_seconds_per_new_claim": round(statistics.fmean(costs), 3),
        "seconds_per_new_claim": round(statistics.fmean(lengths), 3),
        "steps_per_new_claim": round(steps / number, 1),
        "embedded_per_new_claim": round(embedded / number, 1),
        "suggested_per_new_claim": round(suggested(number), 1),
        "failed": failed,
    }


def suggested(number: int) -> float:
    """Return how many passages were suggested for each of the newest claims."""
    newest = Claim.objects.order_by("-pk")[:number]
    return statistics.fmean(claim.evidence.count() for claim in newest)


def idle() -> dict[str, Any]:
    """Return how long it takes to see that nothing is new, and what a minute of the timetable costs then."""
    drain(coverage_matching.due(), coverage_matching.compare, budget=SETTLING)  # what arrived before is no idle look
    look, look_cpu = timed(lambda: drain(coverage_matching.due(), coverage_matching.compare), LOOKS)
    minute = 0.0
    for name, every in {**source_tasks.TIMETABLE, **claim_tasks.TIMETABLE}.items():
        run = current_app.tasks[name].run
        run()
        minute += timed(run, LOOKS)[1] * 60 / every
    return {
        "idle_look_ms": round(look, 2),
        "idle_look_cpu_ms": round(look_cpu, 2),
        "idle_minute_cpu_ms": round(minute, 1),
    }


def timed(look: Callable[[], Any], times: int) -> tuple[float, float]:
    """Return the milliseconds that something takes, the middle one of some times, and its CPU milliseconds."""
    took, cpu = [], cpu_seconds()
    for _time in range(times):
        started = time.perf_counter()
        look()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), (cpu_seconds() - cpu) * 1000 / times


def cpu_seconds() -> float:
    """Return the CPU seconds that this process and its connection’s backend have taken so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(*(int(word) for word in sys.argv[1:5]))) + "\n")
