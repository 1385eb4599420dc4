"""Pages on hosts: how the desk decided that they are visited."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.models import HostPolicy
from sources.models.vocabulary import SourceAct
from sources.pages.forms import PolicyForm
from sources.registry import host_policy
from workbench.desk.roles import require
from workbench.pages.http import Request
from workbench.pages.paging import paged


@require_safe
def show_hosts(request: Request) -> HttpResponse:
    """Show what was decided, host by host; the form begins with what holds for the host that was asked for."""
    host = request.GET.get("host", "")
    policy = HostPolicy.objects.filter(host=host).first()
    decided = {"delay": policy.seconds, "denied": policy.denied, "note": policy.note} if policy else {}
    return _hosts_page(request, PolicyForm(initial={"host": host, **decided}))


@require_POST
def set_policy(request: Request) -> HttpResponse:
    """Decide how a host is visited."""
    require(request.user, SourceAct.CRAWL_POLICY)
    form = PolicyForm(request.POST)
    if form.is_valid():
        try:
            policy = host_policy.set_policy(by=request.user, **form.cleaned_data)
        except host_policy.NotSet as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new rule applies from the next visit."))
            return redirect(policy)
    return _hosts_page(request, form)


def _hosts_page(request: Request, form: PolicyForm) -> HttpResponse:
    nameless = not settings.SAMPLE and settings.CRAWLER_CONTACT == settings.CONTACT_PLACEHOLDER
    context = {"form": form, "nameless": nameless, **paged(request, HostPolicy.objects.select_related("set_by"))}
    return render(request, "sources/hosts.html", context, status=422 if form.errors else 200)
