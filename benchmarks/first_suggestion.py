"""First suggestion: how long a person waits from logging a claim to the first right suggestion, beside what is held.

Claims are logged one after the other at a desk of some size, where the web server, a worker and the clock run as
``manage.py up`` starts them. A suggestion is right where its passage names what the claim is about. Vectors come from
a server of invented ones (``benchmarks.scale``), so the time of the model is not in it.
"""

from __future__ import annotations

import statistics

from benchmarks.measuring import arguments, report, say
from benchmarks.pages import at_work, served
from benchmarks.scale import SIZES, filled, sizes_of

SETTINGS = {"WORKBENCH_SAMPLE": "true", "WORKBENCH_LOG_LEVEL": "ERROR", "WEB_ACCESS_LOG": ""}


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], data=False, sizes=SIZES, claims=12, keep="")
    found = []
    for size in sizes_of(options.sizes):
        with filled(size, options.keep, **SETTINGS) as (here, _people):
            at_work(here, served(here))
            seconds = here.told("waiting", "-m", "benchmarks.waiting", str(size), str(options.claims))
        found.append({"passages": size, **figures(seconds)})
        say(str(found[-1]))
    slowest = [one["slowest_seconds"] for one in found]
    report(slowest_seconds=None if None in slowest else max(map(float, slowest)), sizes=found)


def figures(seconds: list[float | None]) -> dict[str, float | int | None]:
    """Return the figures of one desk; None stands for a claim that got no right suggestion in time."""
    got = [each for each in seconds if each is not None]
    return {
        "claims": len(seconds),
        "without_suggestion": len(seconds) - len(got),
        "median_seconds": statistics.median(got) if got else None,
        "slowest_seconds": max(got) if len(got) == len(seconds) else None,
    }


if __name__ == "__main__":
    main()
