"""Searches that a person puts for a claim, in words of their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.evidence import gathering
from claims.pages.forms.search import SearchForm
from claims.pages.views.claim import load
from sources.models.vocabulary import SourceAct
from workbench.desk.roles import require
from workbench.pages.http import Request


@require_POST
def put_search(request: Request, pk: int) -> HttpResponse:
    """Put a search; one that cannot be put comes back as it was written, with the reason."""
    require(request.user, SourceAct.GATHER)
    claim = load(pk)
    form = SearchForm(request.POST)
    if form.is_valid():
        try:
            gathering.put_search(claim, by=request.user, **form.cleaned_data)
        except gathering.NotPut as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, _("The search has started. Its results appear below."))
            return redirect(f"{claim.get_absolute_url()}#searches")
    return render(request, "claims/put_search.html", {"claim": claim, "search_form": form}, status=422)
