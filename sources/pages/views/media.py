"""Pages about pictures and recordings: the small copy, marking a place, transcripts, and near-copies."""

from __future__ import annotations

from functools import partial

from csp.decorators import csp_update
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources.models import Capture, Document, NearCopy
from sources.models.vocabulary import SourceAct
from sources.pages import media_section
from sources.pages.media_forms import RegionForm, TimeForm, TranscriptForm
from sources.pages.pictures import not_drawn
from sources.pages.upload_handler import takes_files
from sources.proving import playback, replay
from sources.reading import fingerprinting, marking, transcribing
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request, number

# We made the copy ourselves, but of a picture that may be hostile: it may be viewed, and nothing else.
COPY = {
    "Cache-Control": "private, max-age=86400",
    "Content-Type": "image/jpeg",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def show_picture(request: Request, pk: int) -> HttpResponse:
    """Send a small copy of a picture, made without its metadata in a process that can be killed."""
    require(request.user, DeskAct.READ)
    capture = get_object_or_404(Capture.objects.select_related("attempt", "picture").exclude(picture=None), pk=pk)
    try:
        return HttpResponse(replay.small_copy(capture, waits=False), headers=COPY)
    except Refusal as refusal:
        return not_drawn(refusal)


@require_safe
def show_poster(request: Request, pk: int) -> HttpResponse:
    """Send a still from near the beginning of a film, where the server can take one."""
    require(request.user, DeskAct.READ)
    capture = get_object_or_404(Capture.objects.select_related("attempt", "revisits__attempt"), pk=pk)
    try:
        return HttpResponse(playback.poster(capture), headers=COPY)
    except Refusal as refusal:
        return not_drawn(refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def mark_place(request: Request, pk: int) -> HttpResponseBase:
    """Mark a region of a picture, or a time range of a recording, with a note."""
    require(request.user, SourceAct.GATHER)
    capture = get_object_or_404(Capture.objects.select_related("attempt", "document", "picture"), pk=pk)
    is_picture = hasattr(capture, "picture")
    if not is_picture and not playback.plays(capture):
        raise Http404
    form = RegionForm(sent(request)) if is_picture else TimeForm(sent(request))
    activity = marking.mark_region if is_picture else marking.mark_time
    passage = submit(request, form, partial(activity, capture, by=request.user), done=_("The place is marked."))
    if passage is not None:
        return redirect(passage)
    shown = {"document": capture.document, "media": media_section.player(request, capture)}
    return playing(request, partial(form_page, request, "sources/mark.html", form, shown))


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add_transcript(request: Request, pk: int) -> HttpResponse:
    """Add a transcript to a recording, pasted or as a file."""
    require(request.user, SourceAct.GATHER)
    document = get_object_or_404(Document, pk=pk)
    form = TranscriptForm(sent(request), request.FILES or None)

    def activity(**_fields: object) -> Capture:
        return transcribing.add_transcript(document, form.body(), by=request.user)

    done = _("The transcript is kept. Its words can be searched in a minute.")
    if submit(request, form, activity, done=done):
        return redirect(document)
    return form_page(request, "sources/add_transcript.html", form, {"document": document})


@require_POST
def decide_copy(request: Request, pk: int) -> HttpResponse:
    """Say whether two pictures are copies of one."""
    pair = get_object_or_404(NearCopy.objects.select_related("picture__capture__document"), pk=pk)
    decide = partial(fingerprinting.decide, pair, by=request.user, state=request.POST.get("state", ""))
    attempt(request, decide, done=_("Your answer is saved."))
    shown = Document.objects.filter(pk=number(request.POST.get("document", "")) or 0).first()
    return redirect(shown or pair.picture.capture.document)


def playing(request: Request, page: partial[HttpResponse]) -> HttpResponseBase:
    """Answer with a page that may play recordings from the archive host, and from nowhere else."""
    origin = replay.origin(f"{request.scheme}://{request.get_host()}")
    if not origin:
        return page()
    return csp_update({"media-src": [origin]})(lambda _request: page())(request)
