"""The PDF export of a report: the part of its page that never changes, always as the same bytes."""

from __future__ import annotations

import hashlib
import json
import tempfile
from base64 import b64encode
from datetime import UTC
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims.models import Report
from claims.publishing.exports.format import Format
from claims.publishing.exports.page import page, page_pictures
from workbench.desk.refusal import Refusal

SYSTEM_PACKAGE = "libpangoft2-1.0-0"  # its name in Debian and Ubuntu
STYLE = "workbench/report.css"
FOLDER = settings.VAR / "pdf"  # laying one out costs a second or two, and anybody may ask; each has some 100 KB


@cache
def layout() -> ModuleType | None:
    """Return what lays out PDFs, loaded now: it takes half a second and 27 MB of a program, and few make PDFs.

    It is None without pango, a library of the system that WeasyPrint calls: then only PDFs are missing.
    """
    try:
        return import_module("claims.publishing.exports.pdf.layout")
    except OSError:
        return None


def render(report: Report, *, is_draft: bool = False) -> bytes:
    """Return the PDF of a report. Raises ``Refusal`` (code ``unavailable``) if a library of the system is missing.

    A draft is marked on each page and kept nowhere.
    """
    program = layout()
    if program is None:
        problem = _("This server cannot make PDFs: the system package %(package)s is missing. Everything else works.")
        raise Refusal(problem % {"package": SYSTEM_PACKAGE}, "unavailable")
    content = json.loads(report.content)
    pictures = {item: _inline(program, picture) for item, picture in page_pictures.of(content).items()}
    with translation.override(report.language), timezone.override(UTC):
        shown = {**page.shown(content, report.sha256, pictures), "is_draft": is_draft}
        html = render_to_string("claims/report_pdf.html", shown)
    style = Path(str(finders.find(STYLE))).read_text()
    if is_draft:
        made: bytes = program.to_pdf(html, style, identifier=bytes(16), language=report.language)
        return made
    return _kept(program, html, style, report)


def _inline(program: ModuleType, picture: bytes) -> str:
    return f"{program.PICTURE}{b64encode(picture).decode('ascii')}"


def _kept(program: ModuleType, html: str, style: str, report: Report) -> bytes:
    """Return the PDF of a page from a folder of this machine, so that it is laid out only once.

    Its identifier and dates are those of the report: nothing in the file says when it was made.
    """
    made_of = f"{program.VERSION}\n{style}\n{html}"
    file = FOLDER / f"{report.sha256}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.pdf"
    if file.exists():
        return file.read_bytes()
    made: bytes = program.to_pdf(html, style, identifier=bytes.fromhex(report.sha256)[:16], language=report.language)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as half:
        half.write(made)
    Path(half.name).replace(file)  # in full or not at all, also if another process writes it now
    return made


FORMAT = Format("pdf", "application/pdf", "pdf", render)
