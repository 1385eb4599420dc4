"""The page on what changed between two extracted texts of a document."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sources.models import Change
from sources.pages.edits import shown_change, shown_touches
from workbench.pages.http import Request


@require_safe
def show_change(request: Request, pk: int) -> HttpResponse:
    """Show the changes between two readings, sentence by sentence, with both captures and the cited passages."""
    change = get_object_or_404(
        Change.objects.select_related("before__capture__document__source", "after__capture").prefetch_related("edits"),
        pk=pk,
    )
    context = {
        "document": change.before.capture.document,
        "shown": shown_change(change),
        "touches": shown_touches(change),
    }
    return render(request, "sources/change.html", context)
