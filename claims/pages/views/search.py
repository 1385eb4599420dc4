"""The form to search for coverage of a claim with words of your own."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.evidence import gathering
from claims.pages.forms.search import SearchForm
from claims.pages.views.claim import load
from sources.models.vocabulary import SourceAct
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request

EDITED = ("words", "engine", "language", "since", "until")


@require_http_methods(["GET", "HEAD", "POST"])
def put_search(request: Request, pk: int) -> HttpResponse:
    """Start a search; one that is refused comes back with its words and the reason.

    The address may carry the words of an earlier search, to edit them before they are searched.
    """
    require(request.user, SourceAct.GATHER)
    claim = load(pk)
    form = SearchForm(sent(request), initial={name: request.GET[name] for name in EDITED if name in request.GET})
    activity = partial(gathering.put_search, claim, by=request.user)
    if submit(request, form, activity, done=_("The search has started. Its results appear below.")):
        return redirect(f"{claim.get_absolute_url()}#searches")
    return form_page(request, "claims/put_search.html", form, {"claim": claim, "search_form": form})
