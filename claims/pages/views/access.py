"""Pages on which people name who sees a restricted claim, and on which administrators recover one that nobody sees."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.intake import restricting
from claims.models import Claim, ClaimAccess
from claims.pages.forms.access import AccessForm, LiftForm, RecoveryForm
from claims.pages.views.claim import load
from workbench.desk.models import User
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request, number


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: Request, pk: int) -> HttpResponse:
    """Show who sees a claim; name somebody who sees it, which restricts it the first time."""
    claim = load(pk)
    form = AccessForm(sent(request))
    done = _("Only the people named here see this claim now.")
    if submit(request, form, partial(restricting.name, claim, by=request.user), done=done):
        return redirect("claims:access", claim.pk)
    return _page(request, claim, form, LiftForm())


@require_POST
def remove_reader(request: Request, pk: int) -> HttpResponse:
    """Take a person off the list of those who see a claim."""
    claim = load(pk)
    person = get_object_or_404(User, pk=number(request.POST.get("person", "")) or 0)
    attempt(request, partial(restricting.remove, claim, person, by=request.user), done=_("Removed."))
    sees = person != request.user or ClaimAccess.objects.standing().filter(claim=claim, person=person).exists()
    return redirect("claims:access", claim.pk) if sees else redirect("claims:claims")


@require_POST
def lift_restriction(request: Request, pk: int) -> HttpResponse:
    """Let everybody see a claim again."""
    claim = load(pk)
    form = LiftForm(request.POST)

    def activity(reason: str) -> Claim:
        restricting.lift(claim, by=request.user, reason=reason)
        return claim

    if submit(request, form, activity, done=_("Everybody sees this claim now.")):
        return redirect(claim)
    return _page(request, claim, AccessForm(), form)


@require_http_methods(["GET", "HEAD", "POST"])
def lost_claims(request: Request) -> HttpResponse:
    """List restricted claims that nobody sees any more, by number; propose who is to see one."""
    numbers = restricting.lost(by=request.user)
    form = RecoveryForm(sent(request), numbers=numbers)
    done = _("Another administrator has to agree.")
    if submit(request, form, partial(restricting.propose_recovery, by=request.user), done=done):
        return redirect("claims:lost_claims")
    context = {"numbers": numbers, "grants": restricting.proposed(by=request.user)}
    return form_page(request, "claims/lost_claims.html", form, context)


@require_POST
def agree_to_access(request: Request, pk: int) -> HttpResponse:
    """Agree that somebody sees a restricted claim that nobody sees."""
    attempt(request, partial(restricting.agree, pk, by=request.user), done=_("They see the claim now."))
    return redirect("claims:lost_claims")


@require_POST
def decline_access(request: Request, pk: int) -> HttpResponse:
    """Decline that somebody sees a restricted claim, or take one's own proposal back."""
    attempt(request, partial(restricting.decline, pk, by=request.user), done=_("The proposal is closed."))
    return redirect("claims:lost_claims")


def _page(request: Request, claim: Claim, form: AccessForm, lift_form: LiftForm) -> HttpResponse:
    rows = ClaimAccess.objects.standing().filter(claim=claim).select_related("person", "given_by")
    context = {
        "claim": claim,
        "accesses": list(rows),
        "lift_form": lift_form,
        "may_name": restricting.may_name(claim, request.user),
    }
    wrong = lift_form.is_bound and not lift_form.is_valid()
    answer = form_page(request, "claims/access.html", form, context)
    answer.status_code = 422 if wrong else answer.status_code
    return answer
