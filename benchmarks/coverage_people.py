"""Add a reporter to an empty desk, and switch its search providers on: all of them at one server on loopback."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from benchmarks import staff  # noqa: E402
from sources.gathering import providing  # noqa: E402
from sources.gathering.providing import SetUp  # noqa: E402
from sources.models.vocabulary import Engine  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402

# Who can sign in, in a database that goes with the benchmark.
PEOPLE = {"reporter": "rea", "password": "first coverage of a claim"}


def main() -> None:
    """Fill the desk, and print who can sign in."""
    admin = staff.person("adam", Role.ADMIN)
    staff.person(PEOPLE["reporter"], Role.REPORTER, password=PEOPLE["password"])
    base = sys.argv[1]
    for engine, path in ((Engine.SEARXNG, "searxng"), (Engine.GDELT, "gdelt"), (Engine.FACT_CHECKS, "checks")):
        providing.set_up(SetUp(engine, is_on=True, address=f"{base}/{path}", key="k"), by=admin)
    sys.stdout.write(json.dumps(PEOPLE) + "\n")


if __name__ == "__main__":
    main()
