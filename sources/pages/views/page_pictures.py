"""The picture of a page of a captured PDF, with a passage marked."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from sources.models import Capture, Passage
from sources.models.file_pages import pages_at
from sources.pages.pictures import not_drawn
from sources.pages.views.renderings import PICTURE
from sources.reading import page_pictures
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.http import Request, number

KEPT_BY_BROWSER = "private, max-age=86400"  # the bytes of a capture never change


@require_safe
def show_page_picture(request: Request, pk: int, page: int) -> HttpResponse:
    """Send a page of a PDF as a picture; with ``?passage=`` that passage is marked where it stands on the page."""
    require(request.user, DeskAct.READ)
    capture = get_object_or_404(Capture.objects.select_related("revisits", "attempt"), pk=pk)
    exact, offset = _marked(request, capture, page)
    tag = quote_etag(
        hashlib.sha256(f"{page_pictures.DRAWN_BY} {capture.sha256} {page} {offset} {exact}".encode()).hexdigest()[:32]
    )
    headers = {**PICTURE, "ETag": tag, "Cache-Control": KEPT_BY_BROWSER}
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": KEPT_BY_BROWSER})
    try:
        drawn = page_pictures.picture(capture, page, exact, offset, waits=False)
    except Refusal as refusal:
        return not_drawn(refusal)
    name = f'inline; filename="capture-{capture.pk}-page-{page}.png"'
    return HttpResponse(drawn, headers={**headers, "Content-Disposition": name})


def _marked(request: Request, capture: Capture, page: int) -> tuple[str, float]:
    """Return the words of the passage asked for that stand on this page; nothing where none does."""
    key = number(request.GET.get("passage", ""))
    rows = Passage.objects.filter(reading__capture=capture).select_related("reading")
    passage = rows.filter(pk=key).first() if key is not None else None
    if passage is None:
        return "", 0.0
    here = [each for each in pages_at(passage.reading, passage.start, passage.end) if each.number == page]
    return page_pictures.mark(passage, here[0]) if here else ("", 0.0)
