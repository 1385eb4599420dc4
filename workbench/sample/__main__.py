"""Run the sample press: ``python -m workbench.sample --ports-file PATH``."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from workbench.sample import server

EDIT_AFTER = 180  # seconds: long enough to fetch the first version, short enough to see the second

parser = argparse.ArgumentParser(
    prog="python -m workbench.sample", description="Serve the invented sample press on loopback."
)
parser.add_argument("--ports-file", type=Path, required=True, help="where the outlets' ports are kept (JSON)")
parser.add_argument(
    "--edit-after",
    type=float,
    default=EDIT_AFTER,
    metavar="SECONDS",
    help="how long after the first start articles are edited in place",
)

if __name__ == "__main__":
    options = parser.parse_args()
    sys.exit(server.serve(options.ports_file, edit_after=timedelta(seconds=options.edit_after)))
