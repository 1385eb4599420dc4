"""Pages about documents: the list, extracted text, visits and captures, and the download of raw bytes."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.capturing import fetching, merging
from sources.models import Capture, Document
from sources.models.document import DocumentQuerySet
from sources.models.vocabulary import SourceAct
from sources.pages import document_page, document_queries, original_file
from sources.pages.forms import IN_TROUBLE, WAITING, DocumentFilter
from sources.pages.listed_rows import document_row
from sources.pages.lists import DOCUMENTS
from sources.pages.views.media import playing
from sources.proving import replay
from workbench.desk.compiled_queries import ListRows
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.word_search import found_in_list
from workbench.pages.forms import attempt
from workbench.pages.http import Request, found_or_404
from workbench.pages.lists import listed

# What a server sent is never shown as a page here, whatever its content type: it is a download.
HANDED_OVER = {
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def show_documents(request: Request) -> HttpResponse:
    """Show the documents that were found, newest first."""
    form = DocumentFilter(request.GET)
    shown: ListRows = document_queries.listed.bound()
    if form.asked("outcome") or form.asked("source"):
        rows = _chosen(form.asked("outcome"))
        shown = rows.filter(source=form.cleaned_data["source"]) if form.asked("source") else rows
    shown = found_in_list(Document, shown, form.asked("words"))
    return render(request, "sources/documents.html", listed(request, DOCUMENTS, shown, form, show=document_row))


@require_safe
def show_document(request: Request, pk: int) -> HttpResponseBase:
    """Show a document: its extracted text with the requested passage marked, every visit and capture."""
    document = found_or_404(document_queries.with_related.first(pk))
    context = document_page.context(request, document)
    return playing(request, partial(render, request, "sources/document.html", context))


@require_POST
def fetch_again(request: Request, pk: int) -> HttpResponse:
    """Have a document fetched again; earlier captures stay."""
    require(request.user, SourceAct.GATHER)
    document = get_object_or_404(Document, pk=pk)
    attempt(request, partial(fetching.ask_again, document, by=request.user), done=_("We are fetching the page again."))
    return redirect(document)


@require_POST
def fetch_stated(request: Request, pk: int) -> HttpResponse:
    """Fetch the addresses that a brought file is said to be from, to compare it with what we get there."""
    require(request.user, SourceAct.GATHER)
    document = get_object_or_404(Document, pk=pk)
    activity = partial(fetching.ask_stated, document, by=request.user)
    attempt(request, activity, done=_("We are fetching the address."))
    return redirect(document)


@require_POST
def say_other_article(request: Request, pk: int) -> HttpResponse:
    """Count a document as an article of its own again."""
    document = get_object_or_404(Document, pk=pk)
    done = _("This document counts as an article of its own from now on.")
    attempt(request, partial(merging.undo, document, by=request.user), done=done)
    return redirect(document)


@require_safe
def send_raw(request: Request, pk: int) -> HttpResponseBase:
    """Send the bytes of a capture as they were served or brought, as a file that no browser opens by itself.

    Who brought a file gets it back under the name that it had.
    """
    capture = Capture.objects.select_related("attempt", "revisits").filter(pk=pk).first()
    file = original_file.of_capture(capture, request.user) if capture else None
    if file is None:
        require(request.user, SourceAct.READ_RAW)
    if capture is None:
        raise Http404
    name = file.name if file else f"capture-{capture.pk}.bin"
    headers = {**HANDED_OVER, "Content-Disposition": str(content_disposition_header(as_attachment=True, filename=name))}
    try:
        if capture.is_brought:  # it may be a film
            return StreamingHttpResponse(replay.pieces(capture), headers=headers)
        return HttpResponse(replay.raw(capture), headers=headers)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal


def _chosen(outcome: str) -> DocumentQuerySet:
    rows: DocumentQuerySet = document_queries.listed.rows()
    if outcome == WAITING:
        return rows.filter(last_outcome="", due_at__isnull=False)
    if outcome == IN_TROUBLE:
        return rows.in_trouble()
    return rows.filter(last_outcome=outcome) if outcome else rows
