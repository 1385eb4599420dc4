"""Pages about site rules: how often a site is visited, or never."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.models import HostPolicy
from sources.models.vocabulary import SourceAct
from sources.pages.forms import PolicyForm
from sources.pages.lists import SITES
from sources.registry import host_policy
from workbench.desk import desk_profile
from workbench.desk.roles import require
from workbench.pages.forms import form_page, submit
from workbench.pages.http import Request
from workbench.pages.lists import listed


@require_safe
def show_hosts(request: Request) -> HttpResponse:
    """Show the rule of each site; the form starts with the rule of the requested site."""
    host = request.GET.get("host", "").replace("\0", "").strip()
    policy = HostPolicy.objects.filter(host=host).first()
    decided = {"delay": policy.seconds, "denied": policy.denied, "note": policy.note} if policy else {}
    return _hosts_page(request, PolicyForm(initial={"host": host, **decided}))


@require_POST
def set_policy(request: Request) -> HttpResponse:
    """Set the rule of a site."""
    require(request.user, SourceAct.CRAWL_POLICY)
    form = PolicyForm(request.POST)
    done = _("The new rule applies from the next visit.")
    policy = submit(request, form, partial(host_policy.set_policy, by=request.user), done=done)
    return redirect(policy) if policy else _hosts_page(request, form)


def _hosts_page(request: Request, form: PolicyForm) -> HttpResponse:
    nameless = not settings.SAMPLE and desk_profile.contact() == settings.CONTACT_PLACEHOLDER
    context = {"nameless": nameless, **listed(request, SITES, HostPolicy.objects.select_related("set_by"))}
    return form_page(request, "sources/hosts.html", form, {**context, "form": form})
