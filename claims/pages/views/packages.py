"""Download the evidence package of a claim, and its complete package."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from claims.pages.forms.case import CaseForm
from claims.pages.views.claim import load
from claims.publishing.exports.case import case
from claims.publishing.exports.wacz import wacz
from sources.models.vocabulary import SourceAct
from sources.pages.views.packages import is_private_asked_for, packed
from workbench.desk.roles import require
from workbench.pages.forms import attempt, form_page, submit
from workbench.pages.http import Request


@require_safe
def package(request: Request, pk: int) -> HttpResponseBase:
    """Send the evidence package of a claim (WACZ): the captures it cites, with the proof that they are unchanged."""
    claim = load(pk)

    def activity() -> BinaryIO:
        return wacz.render(claim, by=request.user, with_private=is_private_asked_for(request))

    made = attempt(request, activity)
    return redirect(claim) if made is None else packed(made, f"claim-{claim.pk}.wacz")


@require_http_methods(["GET", "HEAD", "POST"])
def whole_case(request: Request, pk: int) -> HttpResponseBase:
    """Send the complete package of a claim (ZIP), with what the person withholds left out."""
    require(request.user, SourceAct.READ_RAW)
    claim = load(pk)
    form = CaseForm(request.POST if request.method == "POST" else None)
    made = submit(request, form, partial(case.render, claim, by=request.user))
    if made is None:
        return form_page(request, "claims/case.html", form, {"claim": claim})
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    name = f"case-{claim.pk}.zip"
    return FileResponse(made, as_attachment=True, filename=name, content_type=case.CONTENT_TYPE, headers=headers)
