"""Search providers: each fault that each of them documents; how many are taken for an answer, and what is lost."""

from __future__ import annotations

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say


def main() -> None:
    """Take the figures."""
    arguments(str(__doc__), data=False)
    with desk(WORKBENCH_LOG_LEVEL="CRITICAL") as here:
        say("a desk is open")
        found = here.told("asked", "-m", "benchmarks.provider_faults")
    report(**found)


if __name__ == "__main__":
    main()
