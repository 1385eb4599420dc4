"""Bring files: the page for it, the address to which scripts send one file at a time, and in place of a page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sources.capturing import bringing
from sources.models import Document
from sources.models.vocabulary import SourceAct
from sources.pages.bring_form import BringForm, came_before, came_up, documents_of, kept_message
from sources.pages.upload_handler import takes_files
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent
from workbench.pages.http import UNPROCESSABLE, Request


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request) -> HttpResponse:
    """Keep files that a person brings, and show what became of each."""
    return _bring(request, None)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def bring_instead(request: Request, pk: int) -> HttpResponse:
    """Keep files that show a document which we could not fetch."""
    return _bring(request, get_object_or_404(Document, pk=pk))


@takes_files
@require_POST
def bring_one(request: Request) -> HttpResponse:
    """Keep one file that a script sends; answer with its document, or with what is wrong with it."""
    require(request.user, SourceAct.GATHER)
    found = came_up(request)
    if not found:
        return JsonResponse({"problem": _("No file came up.")}, status=UNPROCESSABLE)
    last = found[-1]
    if last.document is None:
        return JsonResponse({"problem": last.problem}, status=UNPROCESSABLE)
    return JsonResponse({"key": last.document.pk, "name": last.name, "url": last.document.get_absolute_url()})


def _bring(request: Request, instead_of: Document | None) -> HttpResponse:
    require(request.user, SourceAct.GATHER)
    data = sent(request)
    form = BringForm(data, request.FILES or None, initial=_known(instead_of))
    is_whole = request.method == "POST" and form.is_valid()
    if request.method == "POST":
        found = came_up(request, form.said(), instead_of) if is_whole else came_up(request)
    else:
        found = came_before(request.user, data or request.GET)
    documents = documents_of(found)
    if is_whole:
        bringing.send(documents, by=request.user)
    if request.method == "POST" and not found:
        form.add_error("files", _("Choose at least one file."))
    elif is_whole and all(each.document for each in found):
        messages.success(request, kept_message(len(documents), form.said()))
        if len(documents) == 1:
            return redirect(documents[0])
        query = urlencode([("brought", document.pk) for document in documents])
        return redirect(f"{reverse('sources:bring')}?{query}")
    return form_page(request, "sources/bring.html", form, {"found": found, "instead_of": instead_of})


def _known(instead_of: Document | None) -> dict[str, str]:
    return {"said_url": instead_of.url} if instead_of is not None and instead_of.is_web else {}
