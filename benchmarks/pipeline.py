"""Fetch, WARC and reading together: pages a CPU second, and memory over many pages; one plain loop beside it.

Ours is the product's own steps, ``fetching.fetch`` and ``reading.read``, taken by one worker at a desk of its own, with
the door, robots.txt, the pace, the archive and the process that parses. ``ratio`` compares like with like: the CPU time
of all that a step does before its transaction, the parser's included. ``ratio_with_rows`` counts the rows of the queue
and of what was found as well, which the plain loop has none of. Vectors of meaning are no part of either.
"""

from __future__ import annotations

import json
import subprocess

import psutil

from benchmarks.desk import desk
from benchmarks.extraction import pages
from benchmarks.measuring import arguments, report, say, unusable

FEWEST = 100  # the first fifty are not counted
HOSTS = 24  # a host of the sample is asked five times a second at most; so many keep a worker busy


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], pages=400, most=181)
    if options.pages < FEWEST:
        unusable(f"So few pages say nothing: --pages {FEWEST} or more.")
    pages(options.data)  # ends here when there are none
    with desk(WORKBENCH_SAMPLE="true") as here:
        stand = here.start("stand", "-m", "benchmarks.newsstand", str(options.data), str(HOSTS), stdout=subprocess.PIPE)
        assert stand.stdout is not None
        served = json.loads(stand.stdout.readline())
        ports = {f"host-{number}": port for number, port in enumerate(served["ports"])}
        (here.var / "press.json").write_text(json.dumps({"outlets": ports}))
        say(f"{options.pages} fetches of {served['pages']} pages at {HOSTS} hosts")
        before = cpu_of_servers()
        ours = here.told("ours", "-m", "benchmarks.carriers", "ours", str(options.pages))
        servers = cpu_of_servers() - before
        say(f"ours: {ours['pages_per_cpu_second']} pages a CPU second")
        most = min(options.pages, max(options.most, served["pages"]))
        plain = here.told("plain", "-m", "benchmarks.carriers", "plain", str(most))
    report(
        ratio=round(ours["pages_per_cpu_second"] / plain["pages_per_cpu_second"], 3),
        ratio_with_rows=round(ours["pages_per_cpu_second_with_rows"] / plain["pages_per_cpu_second"], 3),
        rss_growth_mb=ours.pop("rss_growth_mb"),
        servers_cpu_seconds=round(servers, 1),
        **ours,
        reference={"requests + warcio + trafilatura": plain},
    )


def cpu_of_servers() -> float:
    """Return the CPU seconds that PostgreSQL and Valkey have taken so far, ended connections included."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            if process.name() in {"postgres", "valkey-server"}:
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
        except psutil.NoSuchProcess:
            continue
    return total


if __name__ == "__main__":
    main()
