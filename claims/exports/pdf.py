"""A report on paper: the page's frozen part as a PDF, the same bytes whenever it is asked for."""

from __future__ import annotations

import json
from datetime import UTC
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims.exports import page
from claims.models import Report

try:
    from claims.exports import typesetting
except OSError:  # WeasyPrint calls pango, a library of the system; without it, only PDFs are missing
    typesetting = None  # type: ignore[assignment]

SYSTEM_PACKAGE = "libpangoft2-1.0-0"  # its name in Debian and Ubuntu
STYLE = "workbench/report.css"
KEPT = 16  # laying one out costs a second or two, and anybody may ask; each has some 100 KB


class NotAvailable(Exception):
    """This server cannot make PDFs. The message is fit to show to a person."""


def render(report: Report) -> bytes:
    """Return the PDF of a report. Raises ``NotAvailable`` where the library that shapes text is missing."""
    if typesetting is None:
        raise NotAvailable(
            _("PDFs cannot be made on this server: the system package %(package)s is missing. All else works.")
            % {"package": SYSTEM_PACKAGE}
        )
    return _made(report.language, report.content, report.sha256)


@lru_cache(maxsize=KEPT)
def _made(language: str, content: str, sha256: str) -> bytes:
    """Lay out a report. Its identifier and dates are the report's: nothing in the file tells when it was made."""
    with translation.override(language), timezone.override(UTC):
        html = render_to_string("claims/report_pdf.html", page.shown(json.loads(content), sha256))
    style = Path(str(finders.find(STYLE))).read_text()
    return typesetting.to_pdf(html, style, identifier=bytes.fromhex(sha256)[:16])
