"""What a desk needs: measures the cost of an article, a vector, a poll and a page, and puts them into the model."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from dataclasses import asdict
from pathlib import Path

import psutil
import requests

from benchmarks.desk import Desk, desk
from benchmarks.extraction import pages
from benchmarks.measuring import arguments, report, say
from benchmarks.pipeline import cpu_of_servers, told
from benchmarks.sizing_model import DESKS, Costs, Habits, needs, table
from workbench.runner.startup import WEB_OPTIONS

HOSTS = 24
# Half of what a browser asks are polls of an open claim page.
MIX = ("/", "/claims/", "/claims/1/", "/sources/documents/", "/sources/documents/1/", "/sources/", "/sources/feeds/")
POLL = "/claims/1/progress/"
STEADY = 20  # requests that are not counted


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], pages=300, rounds=20)
    pages(options.data)  # ends here when there are none
    with desk(WORKBENCH_SAMPLE="true") as here:
        found = articles(here, options.data, options.pages) | polls(here) | steps(here, "vectors")
        costs = Costs(**found, **views(here, options.rounds))
    habits = Habits()
    for line in table(costs, habits):
        say(line)
    report(
        **{name: float(f"{value:.3g}") for name, value in asdict(costs).items()},
        habits=asdict(habits),
        needs=[{k: round(v, 2) for k, v in asdict(needs(*size, costs, habits)).items()} for size in DESKS],
    )


def articles(here: Desk, data: Path, number: int) -> dict[str, float]:
    """Measure what an article costs: the product's own steps, and what they leave on the disk."""
    stand = here.start("stand", "-m", "benchmarks.newsstand", str(data), str(HOSTS), stdout=subprocess.PIPE)
    assert stand.stdout is not None
    ports = json.loads(stand.stdout.readline())["ports"]
    outlets = {f"host-{number}": port for number, port in enumerate(ports)}
    (here.var / "press.json").write_text(json.dumps({"outlets": outlets}))
    before, rows = cpu_of_servers(), _database_bytes(here)
    ours = told(here, "ours", number)
    archive = sum(path.stat().st_size for path in (here.var / "archive").glob("*.warc.gz"))
    say(f"articles: {ours}")
    return {
        "article_seconds": 1 / ours["pages_per_cpu_second_with_rows"],
        "article_server_seconds": (cpu_of_servers() - before) / number,
        "archive_bytes": archive / number,
        "database_bytes": (_database_bytes(here) - rows) / number,
    }


def steps(here: Desk, name: str) -> dict[str, float]:
    """Return what a step of its own process says of itself."""
    program = here.start(name, "-m", "benchmarks.sizing_steps", name, stdout=subprocess.PIPE)
    assert program.stdout is not None
    lines = program.stdout.read().splitlines()
    if not lines:
        raise SystemExit((here.var / f"{name}.log").read_text(errors="replace")[-3000:])
    said: dict[str, float] = json.loads(lines[-1])
    say(f"{name}: {said}")
    return said


def polls(here: Desk) -> dict[str, float]:
    """Measure what it costs to check a feed that has nothing new."""
    before = cpu_of_servers()
    said = steps(here, "polls")
    return {"poll_seconds": said["poll_seconds"] + (cpu_of_servers() - before) / said["polls"]}


def views(here: Desk, rounds: int) -> dict[str, float]:
    """Measure what a page costs in a web process, and in the servers."""
    steps(here, "claim")
    cookie = (here.var / "session").read_text()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [*WEB_OPTIONS, f"--bind=127.0.0.1:{port}"]
    web = here.start("web", "-m", "gunicorn", "workbench.wsgi", *options)
    address = f"http://127.0.0.1:{port}"
    _await(address)
    paths_asked = [path for path in MIX for path in (path, POLL)]
    for path in paths_asked * 2:
        _ask(address + path, cookie)
    before, servers = _cpu(web.pid), cpu_of_servers()
    for path in paths_asked * rounds:
        _ask(address + path, cookie)
    asked = len(paths_asked) * rounds
    largest = max(child.memory_info().rss for child in psutil.Process(web.pid).children())
    return {
        "page_seconds": (_cpu(web.pid) - before) / asked,
        "page_server_seconds": (cpu_of_servers() - servers) / asked,
        "web_mb": largest / 1e6,
    }


def _ask(url: str, cookie: str) -> None:
    answer = requests.get(url, cookies={"sessionid": cookie}, timeout=60, allow_redirects=False)
    if answer.status_code not in {200, 204}:
        raise SystemExit(f"{url} answered {answer.status_code}")


def _await(address: str) -> None:
    for _try in range(600):
        try:
            requests.get(f"{address}/healthz", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the web server did not start")


def _cpu(pid: int) -> float:
    leader = psutil.Process(pid)
    times = [process.cpu_times() for process in [leader, *leader.children(recursive=True)]]
    return sum(each.user + each.system for each in times)


def _database_bytes(here: Desk) -> int:
    return int(here.ask("select pg_database_size(current_database())")[0][0])


if __name__ == "__main__":
    main()
