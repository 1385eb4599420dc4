"""Page CPU: what each page costs in CPU milliseconds, of the web process and of its connection, and its queries.

Where other programs run on the same machine, times by the clock say little, and these stay what they are. Pages are
those of ``benchmarks.pages``, answered by our WSGI application with all its middleware, in one process.
"""

from __future__ import annotations

from typing import Any

from benchmarks.measuring import arguments, report, say
from benchmarks.scale import filled, sizes_of

SIZES = "10000"


def main() -> None:
    """Take the figures."""
    about = str(__doc__).split("\n", 1)[0]
    options = arguments(about, data=False, sizes=SIZES, times=10, keep="", profile="")
    settings = {"WORKBENCH_SAMPLE": "true", "WORKBENCH_LOG_LEVEL": "ERROR"}
    found: list[dict[str, Any]] = []
    for size in sizes_of(options.sizes):
        with filled(size, options.keep, **settings) as (here, people):
            asked = [str(options.times), people["editor"], people["admin"], options.profile]
            pages = here.told("page_cpu", "-m", "benchmarks.page_cpu_steps", *asked, stderr=None)
            found.append({"passages": size, "pages": pages})
        say(f"{size} passages: {found[-1]['pages']}")
    pages = found[-1]["pages"]
    worst = max(pages, key=lambda name: pages[name]["cpu_ms"])
    report(
        mean_cpu_ms=round(sum(one["cpu_ms"] for one in pages.values()) / len(pages), 1),
        worst_cpu_ms=pages[worst]["cpu_ms"],
        worst=worst,
        sizes=found,
    )


if __name__ == "__main__":
    main()
