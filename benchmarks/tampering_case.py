"""Tampering with the complete package of a claim: how many of some hundred ways its own verifier does not notice.

The product makes the package on the desk of the sample case. Each way is tried on a copy of it; the verify.py that the
package brings checks the copy as a process of its own, told which key is the desk's, as a receiver is.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import django

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say

MOST_SECONDS = 120


def main() -> None:
    """Take the figures: here, or inside a process that knows the database."""
    if os.environ.get("PACKED_CASE"):
        return _inside(Path(os.environ["PACKED_CASE"]))
    arguments(str(__doc__), data=False)
    with tempfile.TemporaryDirectory(prefix="tampering-case-") as name:
        folder = Path(name)
        with desk(PACKED_CASE=str(folder / "case.zip"), WORKBENCH_SAMPLE="1", WAYBACK="1") as opened:
            opened.told("packing", "-m", "benchmarks.tampering_case")
        _take(folder)
    return None


def _inside(path: Path) -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django before its settings are there

    from benchmarks import log_desk  # noqa: PLC0415
    from claims.models import Claim  # noqa: PLC0415
    from claims.publishing.exports.case import case  # noqa: PLC0415
    from workbench.desk.models import User  # noqa: PLC0415

    settings.SAMPLE = True
    log_desk.as_programs_do()
    log_desk.build()
    claim = Claim.objects.exclude(decisions=None).get()
    with case.render(claim, by=User.objects.get(username="reviewer")) as made:
        path.write_bytes(made.read())
    report(bytes=path.stat().st_size)


def _take(folder: Path) -> None:
    from benchmarks import case_ways  # noqa: PLC0415 -- only after the package is made

    package = (folder / "case.zip").read_bytes()
    files = case_ways.opened(package)
    (folder / "verify.py").write_bytes(files["proof/verify.py"])
    key = files["proof/keys.txt"].decode().strip()
    if not _holds(folder, package, key):
        raise SystemExit("The package is not taken for sound before anything is done to it.")
    number, missed, slowest, started = 0, [], 0.0, perf_counter()
    for name, tampered in case_ways.ways(package):
        began, number = perf_counter(), number + 1
        if _holds(folder, tampered, key):
            missed.append(name)
            say(f"MISSED  {name}")
        slowest = max(slowest, perf_counter() - began)
    report(
        ways=number,
        missed=len(missed),
        missed_rows=missed,
        package_bytes=len(package),
        seconds=round(perf_counter() - started, 1),
        slowest_s=round(slowest, 1),
        most_memory_megabytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    )


def _holds(folder: Path, package: bytes, key: str) -> bool:
    """Return whether the verifier takes a package for sound; one that crashes or never ends does not."""
    path = folder / "tampered.zip"
    path.write_bytes(package)
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), "--key", key, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        say("took too long")
        return True
    if b"Traceback" in done.stderr:
        say(done.stderr.decode(errors="replace")[-300:])
        return True
    return done.returncode == 0


if __name__ == "__main__":
    main()
