"""Politeness: four workers, twenty hosts, workers killed; no host may ever see two starts closer than its delay."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.desk import Desk, desk
from benchmarks.measuring import arguments, report, say

LEASE = 40  # seconds that a killed worker's document waits: longer than any step takes
WAITING = "select count(*) from sources_document where due_at is not null or leased_until is not null"
LOST = """select count(*) from sources_document d where not exists
    (select 1 from sources_fetchattempt a where a.document_id = d.id and a.outcome = 'ok')"""
TWICE = """select count(*) from
    (select 1 from sources_fetchattempt where outcome = 'ok' group by document_id having count(*) > 1) many"""
ENDINGS = "select outcome, count(*) from sources_fetchattempt group by outcome"


def main() -> None:
    """Take the figures."""
    asked = arguments(str(__doc__), data=False, documents=2_000, hosts=20, delay=0.5, workers=4, kill_every=10.0)
    random.seed(20241130)
    with desk(WORKBENCH_SAMPLE="1", WORKBENCH_LEASE=str(LEASE), WORKBENCH_LOG_LEVEL="ERROR") as own:
        open_hosts(own, asked.hosts)
        say(f"asking for {asked.documents} documents on {asked.hosts} hosts")
        own.run("-m", "benchmarks.crew", "ask", str(asked.documents), str(asked.delay))
        start = time.monotonic()
        kills = work(
            own, asked.workers, asked.kill_every, patience=900 + 5 * asked.delay * asked.documents / asked.hosts
        )
        seconds = time.monotonic() - start
        lost, twice = own.ask(LOST)[0][0], own.ask(TWICE)[0][0]
        endings = dict(own.ask(ENDINGS))
        visits = read_visits(own.var / "visits")
    figures = judged(visits, asked.delay, asked.hosts)
    report(
        **figures,
        lost=lost,
        documents=asked.documents,
        hosts=asked.hosts,
        delay=asked.delay,
        workers=asked.workers,
        kills=kills,
        fetched_twice=twice,
        attempts=endings,
        seconds=round(seconds, 1),
    )


def open_hosts(own: Desk, number: int) -> None:
    """Open the hosts, and declare them as the outlets of a sample, the only private addresses that may be opened."""
    hosts = own.start("hosts", "-m", "benchmarks.hosts", str(number), str(own.var / "visits"), stdout=subprocess.PIPE)
    assert hosts.stdout is not None
    ports = json.loads(hosts.stdout.readline())
    (own.var / "press.json").write_text(json.dumps({"outlets": {f"host{port}": port for port in ports}}))


def work(own: Desk, workers: int, kill_every: float, *, patience: float) -> int:
    """Have workers work, and kill one of them every few seconds, until nothing waits; return how many were killed."""
    names = [f"worker{number}" for number in range(workers)]
    for name in names:
        own.start(name, "-m", "benchmarks.crew", "fetch")
    kills, start, next_kill = 0, time.monotonic(), time.monotonic() + 2 * kill_every
    while (waiting := own.ask(WAITING)[0][0]) and time.monotonic() - start < patience:
        if kill_every and time.monotonic() > next_kill:
            next_kill = time.monotonic() + random.uniform(0.5, 1.5) * kill_every
            victim = random.choice(names)
            own.kill(victim)
            own.start(victim, "-m", "benchmarks.crew", "fetch")
            kills += 1
            say(f"{time.monotonic() - start:5.0f} s: {waiting} wait; killed {victim}")
        time.sleep(0.5)
    return kills


def read_visits(notes: Path) -> dict[str, list[tuple[float, str]]]:
    """Return when each host was visited, and for what, in order."""
    visits: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for line in notes.read_text().splitlines():
        port, at, path = line.split("\t")
        visits[port].append((float(at), path))
    return {port: sorted(seen) for port, seen in visits.items()}


def judged(visits: dict[str, list[tuple[float, str]]], delay: float, hosts: int) -> dict[str, Any]:
    """Return how often two starts were closer than the delay, and whether all hosts were served evenly."""
    gaps = [after - before for seen in visits.values() for (before, _), (after, _) in itertools.pairwise(seen)]
    first = min((seen[0][0] for seen in visits.values()), default=0.0)
    served = [port for port, seen in visits.items() if any(path.startswith("/page/") for _at, path in seen)]
    return {
        "violations": sum(gap < delay for gap in gaps),
        "starts": sum(map(len, visits.values())),
        "closest_gap": round(min(gaps, default=0.0), 4),
        "hosts_starved": hosts - len(served),
        "last_host_first_served_after": round(max((seen[0][0] - first for seen in visits.values()), default=0.0), 1),
        "longest_pause_at_a_host": round(max(gaps, default=0.0), 1),
    }


if __name__ == "__main__":
    main()
