"""Pages about documents: the list, extracted text, visits and captures, and the download of raw bytes."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.capturing import fetching, rendering
from sources.models import Capture, Document, Passage, Reading
from sources.models.document import DocumentQuerySet
from sources.models.vocabulary import SourceAct
from sources.pages.forms import IN_TROUBLE, WAITING, DocumentFilter
from sources.pages.paragraphs import paragraphs
from sources.pages.views.changes import changes_of
from sources.proving import replay, sealing
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.pages.forms import attempt
from workbench.pages.http import Request, number
from workbench.pages.paging import paged

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
    rows = _chosen(form.asked("outcome")).select_related("source")
    if words := form.asked("words"):
        rows = rows.search(words)
    if form.asked("source"):
        rows = rows.filter(source=form.cleaned_data["source"])
    return render(request, "sources/documents.html", {"form": form, **paged(request, rows)})


@require_safe
def show_document(request: Request, pk: int) -> HttpResponse:
    """Show a document: its extracted text with the requested passage marked, every visit and capture."""
    document = get_object_or_404(Document.objects.select_related("source", "feed", "asked_by"), pk=pk)
    readings = Reading.objects.filter(capture__document=document).defer("text").select_related("capture")
    passage = _passage_asked_for(request, document)
    context: dict[str, Any] = {
        "document": document,
        "passage": passage,
        "attempts": document.attempts.all(),
        "rendering": document.renderings.first(),
        "browser": rendering.is_possible(),
        "captures": document.captures.select_related("revisits", "link", "attempt"),
        "copies": document.copies.all(),
        "stamped": sealing.stamp_on(document.captures.order_by("pk").last()),
        "asks_authority": bool(settings.TIMESTAMP_URL),
        "asks_archives": settings.WAYBACK,
        "changes": changes_of(document),
        "readings": readings,
        "reading": _reading_asked_for(request, document, passage),
    }
    if context["reading"]:
        context["paragraphs"] = _paragraphs(context["reading"], passage)
    return render(request, "sources/document.html", context)


@require_POST
def fetch_again(request: Request, pk: int) -> HttpResponse:
    """Have a document fetched again; earlier captures stay."""
    require(request.user, SourceAct.GATHER)
    document = get_object_or_404(Document, pk=pk)
    attempt(request, partial(fetching.ask_again, document, by=request.user), done=_("We are fetching the page again."))
    return redirect(document)


@require_safe
def send_raw(request: Request, pk: int) -> HttpResponse:
    """Send the bytes of a capture as they were served, as a file that no browser opens by itself."""
    require(request.user, SourceAct.READ_RAW)
    capture = get_object_or_404(Capture, pk=pk)
    try:
        body = replay.raw(capture)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    name = f'attachment; filename="capture-{capture.pk}.bin"'
    return HttpResponse(body, headers={**HANDED_OVER, "Content-Disposition": name})


def _chosen(outcome: str) -> DocumentQuerySet:
    rows: DocumentQuerySet = Document.objects.all()
    if outcome == WAITING:
        return rows.filter(last_outcome="", due_at__isnull=False)
    if outcome == IN_TROUBLE:
        return rows.in_trouble()
    return rows.filter(last_outcome=outcome) if outcome else rows


def _passage_asked_for(request: Request, document: Document) -> Passage | None:
    key = request.GET.get("passage", "")
    of_document: QuerySet[Passage] = Passage.objects.filter(reading__capture__document=document)
    return of_document.filter(pk=number(key) or 0).first()


def _reading_asked_for(request: Request, document: Document, passage: Passage | None) -> Reading | None:
    """Return the reading of a passage, or the one asked for, or else the newest one with a text."""
    readings = Reading.objects.filter(capture__document=document, read_at__isnull=False).select_related("capture")
    key = passage.reading_id if passage else number(request.GET.get("reading", "")) or 0
    return readings.filter(pk=key).first() or readings.exclude(text="").order_by("-capture__taken_at", "-pk").first()


def _paragraphs(reading: Reading, passage: Passage | None) -> list[Any]:
    spans = reading.passages.values_list("pk", "start", "end")
    return paragraphs(reading.text, spans, (passage.start, passage.end) if passage else (0, 0))
