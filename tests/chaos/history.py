"""What every process did, written outside the database, so that the two can be held against each other."""

import json
import os
from collections import Counter
from pathlib import Path


def note(what, key=""):
    """Add a line; one write to a file opened for appending is never mixed with another, nor cut by SIGKILL."""
    line = json.dumps({"what": what, "key": key, "pid": os.getpid()}) + "\n"
    file = os.open(os.environ["CHAOS_HISTORY"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)


def read(path):
    """Return how often each thing was done, by what it was and to which key."""
    return Counter((line["what"], line["key"]) for line in _lines(path))


def at_work(path):
    """Return the processes that have begun a step and not ended it."""
    last = {line["pid"]: line["what"] for line in _lines(path)}
    return {pid for pid, what in last.items() if what == "invoke"}


def _lines(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]
