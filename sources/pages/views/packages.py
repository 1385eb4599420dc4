"""Download of evidence packages (WACZ), and requests for copies in public archives."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.models import Document
from sources.proving import copying, evidence_package
from workbench.pages.forms import attempt
from workbench.pages.http import Request


@require_safe
def send_package(request: Request, pk: int) -> HttpResponseBase:
    """Send all captures of a document as an evidence package (WACZ)."""
    document = get_object_or_404(Document, pk=pk)
    title = _("Captures of %(url)s") % {"url": document.url}
    export = partial(evidence_package.export, document.captures.all(), by=request.user, title=title)
    export = partial(export, with_private=is_private_asked_for(request))
    package = attempt(request, export)
    return packed(package, f"document-{document.pk}.wacz") if package else redirect(document)


def is_private_asked_for(request: Request) -> bool:
    """Return whether a person chose the package with files whose metadata name a place or a device."""
    return request.GET.get("private") == "1"


@require_POST
def ask_for_copy(request: Request, pk: int) -> HttpResponseBase:
    """Request a copy of a document in a public archive."""
    document = get_object_or_404(Document, pk=pk)
    done = _("We are requesting a copy. The result will appear on this page.")
    attempt(request, partial(copying.ask_for_copy, document, by=request.user), done=done)
    return redirect(document)


def packed(package: BinaryIO, name: str) -> FileResponse:
    """Return a package as a file that no browser opens by itself."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return FileResponse(
        package, as_attachment=True, filename=name, content_type=evidence_package.CONTENT_TYPE, headers=headers
    )
