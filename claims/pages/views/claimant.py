"""The page to set the claimant of a claim."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.intake import claimant
from claims.models.vocabulary import ClaimAct
from claims.pages.forms.claimant import ClaimantForm
from claims.pages.views.claim import load
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def set_claimant(request: Request, pk: int) -> HttpResponse:
    """Save who makes the claim."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form = ClaimantForm(sent(request), initial={"claimant": claim.claimant})
    activity = partial(claimant.set_claimant, claim, by=request.user)
    if submit(request, form, activity, done=_("The claimant is saved.")):
        return redirect(claim)
    return form_page(request, "claims/one_form.html", form, {"claim": claim, "title": _("Claimant")})
