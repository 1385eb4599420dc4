"""Download the evidence package of a claim."""

from __future__ import annotations

from typing import BinaryIO

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from claims.pages.views.claim import load
from claims.publishing.exports.wacz import wacz
from sources.pages.views.packages import packed
from workbench.pages.forms import attempt
from workbench.pages.http import Request


@require_safe
def package(request: Request, pk: int) -> HttpResponseBase:
    """Send the evidence package of a claim (WACZ): the captures it cites, with the proof that they are unchanged."""
    claim = load(pk)

    def activity() -> BinaryIO:
        return wacz.render(claim, by=request.user)

    made = attempt(request, activity)
    return redirect(claim) if made is None else packed(made, f"claim-{claim.pk}.wacz")
