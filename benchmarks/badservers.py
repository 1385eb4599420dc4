"""Bad servers: each behavior in a process of its own, by the clock and by its memory; plain requests beside us."""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

from benchmarks.measuring import arguments, report, say, without_apps
from sources.web import client
from workbench.runner import paths

MOST_MEMORY = 64 * 1024  # KiB
AT_ONCE = 4
REFERENCE_MEMORY = 3 << 30
COMPARED = ("bomb-of-512-mb", "bomb-in-bomb", "endless", "drip-body", "drip-headers", "endless-continue", "silent")


def main() -> None:
    """Take the figures."""
    deadline = arguments(str(__doc__), data=False, deadline=10.0).deadline
    without_apps()
    command = [sys.executable, "-m", "benchmarks.hostile"]
    server = subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        served = json.loads(server.stdout.readline())
        allowed = frozenset(("127.0.0.1", port) for port in served["ports"])
        good = served["good"]["page"]
        ours = Fetcher(allowed, deadline, good)
        say(f"{len(served['bad'])} bad behaviors and {len(served['good'])} good ones, deadline {deadline:g} s")
        found = measured(served["bad"] | served["good"], ours, deadline)
        reference = measured({name: served["bad"][name] for name in COMPARED}, Plain(deadline), deadline, at_once=1)
    finally:
        server.kill()
        server.wait()
    report(**judged(found, served, deadline), deadline=deadline, reference={"requests": reference})


@dataclasses.dataclass(frozen=True)
class Fetcher:
    """Opens an address as the product does, and then another one in the same process."""

    allowed: frozenset[tuple[str, int]]
    deadline: float
    good: str

    def open(self, url: str) -> str:
        """Return how it went."""
        limits = dataclasses.replace(client.LIMITS, seconds=self.deadline)
        try:
            return f"HTTP {client.get(url, allowed=self.allowed, limits=limits).status}"
        except (client.Failed, client.Refused) as ending:
            return ending.outcome

    def again(self) -> bool:
        """Return whether the next job is served."""
        return client.get(self.good, allowed=self.allowed).status == 200


@dataclasses.dataclass(frozen=True)
class Plain:
    """Opens an address as a program without a door would."""

    timeout: float

    def open(self, url: str) -> str:
        """Return how it went."""
        resource.setrlimit(resource.RLIMIT_AS, (REFERENCE_MEMORY, REFERENCE_MEMORY))
        try:
            return f"HTTP {requests.get(url, timeout=self.timeout).status_code}"
        except (requests.RequestException, MemoryError) as error:
            return type(error).__name__

    def again(self) -> bool:
        """Return that nobody asked for a second page."""
        return False


def measured(
    urls: dict[str, str], fetch: Fetcher | Plain, deadline: float, at_once: int = AT_ONCE
) -> dict[str, dict[str, Any]]:
    """Return what each address did to a process of its own."""
    waiting, running, found = list(urls.items()), {}, {}
    while waiting or running:
        while waiting and len(running) < at_once:
            name, url = waiting.pop(0)
            running[_forked(fetch, url)] = (name, time.monotonic())
        ready, _, _ = select.select([pipe for _pid, pipe in running], [], [], 0.5)
        for pid, pipe in list(running):
            name, start = running[pid, pipe]
            is_late = time.monotonic() - start > deadline + 15
            if is_late:
                os.kill(pid, signal.SIGKILL)
            if is_late or pipe in ready:
                found[name] = _heard(pid, pipe)
                say(f"{name}: {found[name]}")
                del running[pid, pipe]
    return found


def judged(found: dict[str, dict[str, Any]], served: dict[str, Any], deadline: float) -> dict[str, Any]:
    """Return the figures: what took too long, what took too much memory, after what the next job was not served."""
    bad = {name: found[name] for name in served["bad"]}
    late = [name for name, one in bad.items() if one["seconds"] > deadline + 1]
    heavy = [name for name, one in bad.items() if one["memory_kib"] > MOST_MEMORY]
    stuck = [name for name, one in bad.items() if not one["next_served"] or one["outcome"].startswith("crashed")]
    taken = {name: one["outcome"] for name, one in bad.items() if one["outcome"].startswith("HTTP")}
    good = [name for name in served["good"] if not found[name]["outcome"].startswith("HTTP")]
    return {
        "over_deadline": len(late),
        "over_memory": len(heavy),
        "next_not_served": len(stuck),
        "behaviors": len(bad),
        "good_refused": len(good),
        "longest_seconds": max(one["seconds"] for one in bad.values()),
        "most_memory_mb": round(max(one["memory_kib"] for one in bad.values()) / 1024, 1),
        "named": {"late": late, "heavy": heavy, "stuck": stuck, "taken_within_bounds": taken, "good_refused": good},
    }


def _forked(fetch: Fetcher | Plain, url: str) -> tuple[int, int]:
    """Fetch in a child; return its number and the pipe on which it answers."""
    heard, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return pid, heard
    try:
        os.close(heard)
        before, start = _peak(), time.monotonic()
        try:
            outcome = fetch.open(url)
        except Exception as error:  # noqa: BLE001 -- what the product does not foresee is what we look for
            outcome = f"crashed: {error!r}"[:200]
        taken = {"seconds": round(time.monotonic() - start, 2), "memory_kib": _peak() - before}
        answer = {"outcome": outcome, **taken, "next_served": fetch.again()}
        os.write(told, json.dumps(answer).encode())
    finally:
        os._exit(0)


def _heard(pid: int, pipe: int) -> dict[str, Any]:
    text = os.read(pipe, 65_536)
    os.close(pipe)
    os.waitpid(pid, 0)
    if text:
        return json.loads(text)  # type: ignore[no-any-return]
    return {"outcome": "killed", "seconds": 1e6, "memory_kib": 0, "next_served": False}


def _peak() -> int:
    """Return the most memory that this process has held so far, in KiB (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
