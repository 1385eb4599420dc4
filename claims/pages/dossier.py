"""The dossier of a case: the published reports of its claims, as a page and as one ZIP file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.template.loader import render_to_string

from claims.models import Claim, DeskCase, Report, claim_access
from claims.models.desk_case import in_case
from claims.models.report import ReportQuerySet
from claims.publishing.exports.registry import FORMATS
from workbench.desk import hidden_rows

MOST_REPORTS = 200  # of one dossier
FILES = ("json", "csv")  # no PDF: to lay one out takes a second, while the person and others wait


def reports(case: DeskCase) -> ReportQuerySet:
    """Return the reports of the claims of a case that the reader sees, the newest first."""
    claims = Claim.objects.filter(in_case(case.pk)).values("pk")
    rows: ReportQuerySet = Report.objects.for_list().filter(decision__claim__in=claims)
    return rows.order_by("-frozen_at", "-pk")


def archive(case: DeskCase) -> bytes:
    """Return the dossier as a ZIP file: a list to read, and the files of each report as anybody can download them."""
    found = list(reports(case).defer(None)[:MOST_REPORTS])
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        named = {report.number: list(_files(report)) for report in found}
        listed = [(report, [name for name, _body in named[report.number]]) for report in found]
        index = render_to_string("claims/dossier_file.html", {"case": case, "listed": listed})
        _write(packed, "index.html", index.encode(), case.opened_at)
        for report in found:
            for name, content in named[report.number]:
                _write(packed, name, content, report.frozen_at)
    return body.getvalue()


def closed_sources() -> set[int]:
    """Return the sources that not everybody sees: they were named in restricted claims alone."""
    with hidden_rows.everything():
        return {int(key) for key in claim_access.hidden_from(None).get("sources.Source", {}).get("id", ())}


def _files(report: Report) -> Iterator[tuple[str, bytes]]:
    for name in FILES:
        yield f"report-{report.number}/report-{report.number}.{name}", FORMATS[_format(name)].render(report)


def _format(ending: str) -> str:
    names: Iterable[str] = (name for name, each in FORMATS.items() if each.ending == ending and not each.mark)
    return next(iter(names))


def _write(packed: zipfile.ZipFile, name: str, body: bytes, at: datetime) -> None:
    entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    packed.writestr(entry, body)
