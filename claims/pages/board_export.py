"""The board as a CSV file: every column, for the claims that the reader sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from claims.models import Claim
from claims.models.vocabulary import Rating
from claims.pages import board
from claims.pages.board import BoardRow
from claims.publishing.exports.csv.csv import BYTE_ORDER_MARK, guarded

MOST_EXPORTED = 5_000  # claims
AT_ONCE = 200
HEADER = (
    *("number", "claim", "language", "type", "status", "verdict", "supports", "refutes", "discusses", "to_weigh"),
    *("owner", "due_on", "priority", "reviewers_asked", "reviewers_done", "tags", "logged_by", "logged_at"),
)


def render(claims: Iterable[Claim]) -> bytes:
    """Return a table of claims in UTF-8 with a byte order mark, without cells that a spreadsheet would run."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    rest = iter(claims)
    while some := list(islice(rest, AT_ONCE)):
        for row in board.rows_of(some, tuple(board.COLUMNS)):
            writer.writerow([guarded(cell) for cell in _cells(row)])
    return (BYTE_ORDER_MARK + table.getvalue()).encode()


def _cells(row: BoardRow) -> Iterator[object]:
    claim = row.claim
    yield from (claim.pk, claim.text, claim.language, claim.get_type_display(), claim.get_status_display())
    yield Rating(row.verdict.rating).label if row.verdict else ""
    yield from row.weighed
    yield row.suggestions
    yield from (row.owner or "", row.due_on or "", row.priority or _("Normal"))
    yield ", ".join(str(each.person) for each in row.reviewers)
    yield ", ".join(str(each.person) for each in row.reviewers if each.is_done)
    yield from (", ".join(row.tags), claim.logged_by, claim.logged_at.isoformat(timespec="seconds"))
