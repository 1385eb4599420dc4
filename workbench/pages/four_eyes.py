"""The page of four eyes: the desk's policy and its versions, a form to change it, and roles that wait for agreement."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from workbench.desk import declarations, granting, policy_setting, seconding
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.four_eyes import LONGEST_REASON, FourEyesPolicy, Proposal, RoleGrant
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request

MOST_VERSIONS = 20  # of the policy on the page; the admin has all


def _rules() -> list[tuple[str, str]]:
    return [(name, str(rule.label)) for name, rule in declarations.two_people_rules().items()]


def _reason(**options: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 2, "dir": "auto"})
    return forms.CharField(max_length=LONGEST_REASON, widget=widget, **options)


class FourEyesForm(forms.Form):
    """A version of the policy: the rules that a reason waives, and why."""

    by_reason = forms.MultipleChoiceField(
        label=gettext_lazy("Rules that a reason waives"),
        choices=lazy(_rules, list),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "A rule that you do not tick is strict: it is waived only where the desk has nobody else for the act."
        ),
    )
    reason = _reason(label=gettext_lazy("Why the policy changes"))
    waiver = _reason(
        label=gettext_lazy("Why you set the policy alone"),
        required=False,
        help_text=gettext_lazy("The log keeps this reason. Leave it empty to propose the policy to a second person."),
    )


def waiting_for(person: User) -> list[Proposal]:
    """Return the roles and the policy of others to which this person may agree."""
    found: list[Proposal] = []
    if person.may(DeskAct.AGREE_TO_ROLE):
        found += _waiting_roles(person.pk)
    if person.may(DeskAct.AGREE_TO_POLICY):
        found += _waiting_policies(person.pk)
    return found


@CompiledQuery
def _waiting_roles(person: int) -> QuerySet[RoleGrant]:
    rows: QuerySet[RoleGrant] = RoleGrant.objects.for_page().select_related("person").waiting_for(User(pk=person))
    return rows.exclude(person=person)


@CompiledQuery
def _waiting_policies(person: int) -> QuerySet[FourEyesPolicy]:
    rows: QuerySet[FourEyesPolicy] = FourEyesPolicy.objects.for_page().waiting_for(User(pk=person))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def show_four_eyes(request: Request) -> HttpResponse:
    """Show the policy in force and what waits for a second person; an editor proposes a version with the form."""
    require(request.user, DeskAct.SET_POLICY if request.method == "POST" else DeskAct.READ)
    in_force = FourEyesPolicy.objects.in_force()
    loose = list(in_force.by_reason) if in_force else []
    form = FourEyesForm(sent(request), initial={"by_reason": loose})
    if made := submit(request, form, partial(policy_setting.propose, by=request.user)):
        done = _("Your proposal waits for a second person.") if made.waits else _("The policy is in force.")
        messages.success(request, done)
        return redirect("four_eyes")
    context = {
        "in_force": in_force,
        "rules": [(rule, name not in loose) for name, rule in declarations.two_people_rules().items()],
        "versions": list(FourEyesPolicy.objects.for_page()[:MOST_VERSIONS]),
        "grants": list(RoleGrant.objects.for_page().select_related("person").waiting()),
        "is_alone": request.user.may(DeskAct.SET_POLICY) and policy_setting.may_set_alone(by=request.user),
        "seconds": seconding.names(policy_setting.seconds(by=request.user)),
    }
    return form_page(request, "records/four_eyes.html", form, context)


@require_POST
def agree_to_role(request: Request, pk: int) -> HttpResponse:
    """Agree to a role that somebody else proposed."""
    return _answer(request, RoleGrant, pk, granting.agree, _("The person has the role now."))


@require_POST
def decline_role(request: Request, pk: int) -> HttpResponse:
    """Decline a proposed role, or take one's own proposal back."""
    return _answer(request, RoleGrant, pk, granting.decline, _("The proposal is closed."))


@require_POST
def agree_to_policy(request: Request, pk: int) -> HttpResponse:
    """Agree to a version of the policy that somebody else proposed."""
    return _answer(request, FourEyesPolicy, pk, policy_setting.agree, _("The policy is in force."))


@require_POST
def decline_policy(request: Request, pk: int) -> HttpResponse:
    """Decline a proposed version of the policy, or take one's own back."""
    return _answer(request, FourEyesPolicy, pk, policy_setting.decline, _("The proposal is closed."))


def _answer(request: Request, kind: type[Proposal], pk: int, activity: Callable[..., Any], done: str) -> HttpResponse:
    row = get_object_or_404(kind._default_manager.all(), pk=pk)
    attempt(request, partial(activity, row, by=request.user), done=done)
    return redirect("four_eyes")
