"""Pages to set the date of publication of a document, and to undo that."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sources.models import Document
from sources.models.vocabulary import SourceAct
from sources.pages.date_display import day
from sources.pages.forms import DateForm
from sources.reading import dating
from workbench.desk.roles import require
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def set_date(request: Request, pk: int) -> HttpResponse:
    """Set the date of publication of a document, with the reason."""
    require(request.user, SourceAct.GATHER)
    document = get_object_or_404(Document, pk=pk)
    form = DateForm(sent(request))
    done = _("The date is set. We no longer change it when we read the page.")
    if submit(request, form, partial(dating.set_date, document, by=request.user), done=done):
        return redirect(document)
    return form_page(request, "sources/set_date.html", form, {"document": document, "now": day(document)})


@require_POST
def undo_date(request: Request, pk: int) -> HttpResponse:
    """Give a document back the date that was found on its page."""
    document = get_object_or_404(Document, pk=pk)
    done = _("The date that we found is back.")
    attempt(request, partial(dating.undo_date, document, by=request.user), done=done)
    return redirect(document)
