"""The button that has the pages of a scan read by Tesseract."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sources.models import Document
from sources.reading import recognizing
from workbench.pages.forms import attempt
from workbench.pages.http import Request


@require_POST
def recognize(request: Request, pk: int) -> HttpResponse:
    """Have the text of a scan recognized in a language."""
    document = get_object_or_404(Document, pk=pk)
    done = _("The pages are being read. Reload this page in a minute.")
    language = request.POST.get("language", "")
    attempt(request, partial(recognizing.ask, document, language, by=request.user), done=done)
    return redirect(document)
