"""The captures of a claim, handed over as a package that can be checked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from claims.pages.views.claim import load
from claims.publishing.exports.wacz import wacz
from sources.pages.views.packages import packed
from sources.proving import evidence_package
from workbench.pages.http import Request


@require_safe
def package(request: Request, pk: int) -> HttpResponseBase:
    """Hand over the captures that a claim rests on as a package (WACZ)."""
    claim = load(pk)
    try:
        made = wacz.render(claim, by=request.user)
    except evidence_package.NotExported as refusal:
        messages.error(request, str(refusal))
        return redirect(claim)
    return packed(made, f"claim-{claim.pk}.wacz")
