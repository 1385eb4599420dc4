"""The picture of a page that a report cites, with the passage marked, for anybody who may read the report."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from claims.models import Report
from claims.publishing.exports.page import correction_notices, page_pictures
from sources.pages.pictures import not_drawn
from workbench.desk.refusal import Refusal

HEADERS = {
    "Content-Type": "image/png",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=3600",  # a report may be retracted
}


@login_not_required
@require_safe
def show_picture(request: HttpRequest, number: int, item: int) -> HttpResponse:
    """Send the page on which a piece of evidence stands; not of a report that was retracted."""
    row = get_object_or_404(Report, number=number)
    is_hidden = row.is_sample and not request.user.is_authenticated
    if is_hidden or correction_notices.of(row, list(row.put_right())).retracted:
        raise Http404
    found = next((each for each in json.loads(row.content)["evidence"] if each["number"] == item), None)
    try:
        drawn = page_pictures.of_item(found or {}, waits=False)
    except Refusal as refusal:
        return not_drawn(refusal)
    cached = {"Cache-Control": "private, no-store"} if row.is_sample else {}
    return HttpResponse(drawn, headers={**HEADERS, **cached})
