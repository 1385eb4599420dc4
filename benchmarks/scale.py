"""Scale: what matching costs at a desk with 10,000, 100,000 and 1,000,000 passages, and how it grows.

Texts, claims and vectors are invented (``benchmarks.synthetic``); one claim in ten is open. Each reading has its
vector, and so has its first passage, as reading leaves them. Other vectors come from a server in another process, so
the CPU seconds of a new claim are those of the worker and of its database connection alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import embedder
from benchmarks.desk import Desk, desk
from benchmarks.measuring import arguments, report, say, unusable

SIZES = "10000,100000,1000000"
FEWEST = 1_000
GROWING = (
    *("claim_search_p95_ms", "claim_search_median_ms", "claim_search_cpu_ms"),
    *("cpu_seconds_per_new_claim", "idle_look_ms", "idle_look_cpu_ms", "idle_minute_cpu_ms"),
)


def main() -> None:
    """Take the figures."""
    about = str(__doc__).split("\n", 1)[0]
    options = arguments(about, data=False, sizes=SIZES, searches=100, exact=20, new=20, keep="")
    sizes = sizes_of(options.sizes)
    found = []
    for size in sizes:
        with filled(size, options.keep, WORKBENCH_LOG_LEVEL="ERROR") as (here, _people):
            asked = [str(number) for number in (size, options.searches, options.exact, options.new)]
            found.append(here.told("scaling", "-m", "benchmarks.scaling", *asked))
        say(str(found[-1]))
    worst: dict[str, Any] = {name: max(one[name] for one in found) for name in GROWING}
    report(
        **worst,
        recall_against_exact=min(one["recall_against_exact"] for one in found),
        growth_per_ten=growth(found),
        sizes=found,
    )


@contextmanager
def filled(size: int, keep: str, **settings: str) -> Iterator[tuple[Desk, dict[str, str]]]:
    """Open a desk that holds so many passages, and say who can sign in.

    With ``keep``, a desk in a folder of that folder is used, and made where there is none: to fill it takes long.
    """
    kept = Path(keep).absolute() / str(size) if keep else None
    with embedder.serving() as model, desk(kept, **settings, **model) as here:
        yield here, here.told("year", "-m", "benchmarks.year", str(size))


def sizes_of(words: str) -> list[int]:
    """Return the numbers of passages that are asked for, the smallest first."""
    try:
        sizes = sorted(int(word) for word in words.split(","))
    except ValueError:
        unusable("Give numbers of passages, with commas between them: --sizes 10000,100000")
    if sizes[0] < FEWEST:
        unusable(f"So few passages say nothing: --sizes {FEWEST} or more.")
    return sizes


def growth(found: list[dict[str, Any]]) -> dict[str, float] | None:
    """Return by how much each figure grows where ten times as much is held; None with one size."""
    first, last = found[0], found[-1]
    if first["passages"] == last["passages"]:
        return None
    return {name: times_per_ten(first[name], last[name], first, last) for name in GROWING if first[name]}


def times_per_ten(before: float, after: float, first: dict[str, Any], last: dict[str, Any]) -> float:
    """Return by how much a figure of the first desk grows to that of the last, for each ten times as much held."""
    tens = math.log10(last["passages"] / first["passages"])
    return round((after / max(before, 0.01)) ** (1 / tens), 2)


if __name__ == "__main__":
    main()
