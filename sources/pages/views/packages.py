"""Captures handed over as packages that can be checked, and copies asked of public archives."""

from __future__ import annotations

from typing import BinaryIO

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.models import Document
from sources.proving import copying, evidence_package
from workbench.pages.http import Request


@require_safe
def send_package(request: Request, pk: int) -> HttpResponseBase:
    """Hand over all captures of a document as a package (WACZ)."""
    document = get_object_or_404(Document, pk=pk)
    title = _("Captures of %(url)s") % {"url": document.url}
    try:
        package = evidence_package.export(document.captures.all(), by=request.user, title=title)
    except evidence_package.NotExported as refusal:
        messages.error(request, str(refusal))
        return redirect(document)
    return packed(package, f"document-{document.pk}.wacz")


@require_POST
def ask_for_copy(request: Request, pk: int) -> HttpResponseBase:
    """Have the public archives asked to keep a copy of a document."""
    document = get_object_or_404(Document, pk=pk)
    try:
        copying.ask_for_copy(document, by=request.user)
    except copying.NotCopied as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We are requesting a copy. The result will appear on this page."))
    return redirect(document)


def packed(package: BinaryIO, name: str) -> FileResponse:
    """Return a package as a file that no browser opens by itself."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return FileResponse(
        package, as_attachment=True, filename=name, content_type=evidence_package.CONTENT_TYPE, headers=headers
    )
