"""`manage.py stats`: sizes and growth of tables, database, archive and disks, and when a disk will be full."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils import translation

from workbench.desk.sizes import Sizes, archive_bytes, sizes
from workbench.pages.storage import shown_disk


class Command(BaseCommand):
    help = "Print rows, bytes and growth of every table, the archive by month, and when the disk will be full."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the option for JSON."""
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the sizes."""
        found = sizes(archive=archive_bytes())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), default=str))
            return
        with translation.override("en"):
            for line in _lines(found):
                self.stdout.write(line.replace("\xa0", " "))


def _lines(found: Sizes) -> Iterator[str]:
    for shown in map(shown_disk, found.disks):
        free, total = filesizeformat(shown.disk.free), filesizeformat(shown.disk.total)
        yield f"{shown.name}: {free} of {total} free. {shown.full}"
    yield f"Database: {filesizeformat(found.database_bytes)}, growth a week {_growth(found.database_weekly)}"
    yield ""
    columns = "{:<34} {:>14} {:>10} {:>10} {:>10} {:>10} {:>12}"
    yield columns.format("table", "rows, about", "bytes", "heap", "indexes", "toast", "a week")
    for table in found.tables:
        sizes_of = [table.bytes, table.heap_bytes, table.index_bytes, table.toast_bytes]
        rows = "-" if table.rows is None else f"{table.rows:,}"
        yield columns.format(table.name, rows, *map(filesizeformat, sizes_of), _growth(table.weekly))
    yield ""
    for month, size in found.archive.items():
        yield f"archive {month}: {filesizeformat(size)}"
    yield from _slowest(found)


def _growth(weekly: int | None) -> str:
    return "-" if weekly is None else str(filesizeformat(weekly))


def _slowest(found: Sizes) -> Iterator[str]:
    if found.slowest is None:
        yield "Slowest queries: not known, this server has no pg_stat_statements."
        return
    for query in found.slowest:
        yield f"{query.milliseconds:10.1f} ms, {query.calls:>9,} times: {query.text}"
