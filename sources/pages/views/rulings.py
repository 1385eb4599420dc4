"""Pages on what a page is: a person says that it is the article, or a wall; and undoes that."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sources.capturing import ruling
from sources.models import Document, PageRuling
from sources.models.vocabulary import SourceAct
from sources.pages.wall_evidence import ruling_form
from workbench.desk.roles import require
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: Request, pk: int) -> HttpResponse:
    """Decide what the page of a document is, with the reason."""
    require(request.user, SourceAct.GATHER)
    document = get_object_or_404(Document, pk=pk)
    form = ruling_form(request, document, sent(request))
    done = _("Your decision is saved. It counts while the page keeps its layout, whatever the machine thinks later.")
    if submit(request, form, partial(ruling.rule, document, by=request.user), done=done):
        return redirect(document)
    return form_page(request, "sources/rule_page.html", form, {"document": document})


@require_POST
def undo_ruling(request: Request, pk: int, ruling_pk: int) -> HttpResponse:
    """Undo a decision on a page, from the page of a document that it is about."""
    document = get_object_or_404(Document, pk=pk)
    row = get_object_or_404(PageRuling.objects.select_related("document"), pk=ruling_pk)
    attempt(request, partial(ruling.undo, row, by=request.user), done=_("The decision is undone."))
    return redirect(document)
