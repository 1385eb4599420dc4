"""Pages about sources: the list; names, domains, feeds and reliability ratings of a source; forms to add them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources.models import Source
from sources.models.vocabulary import SourceAct
from sources.pages import source_page, source_queries
from sources.pages.forms import DomainForm, NameForm, SourceFilter, SourceForm, StandingForm
from sources.pages.listed_rows import source_row
from sources.pages.lists import SOURCES
from sources.registry import confiding, registering
from workbench.desk.compiled_queries import ListRows
from workbench.desk.roles import require
from workbench.desk.word_search import found_in_list
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request, found_or_404
from workbench.pages.lists import listed


@require_safe
def show_sources(request: Request) -> HttpResponse:
    """Show the sources the desk knows, by name."""
    form = SourceFilter(request.GET)
    shown: ListRows = source_queries.listed.bound()
    if kind := form.asked("kind"):
        shown = source_queries.listed.rows().filter(kind=kind)
    shown = found_in_list(Source, shown, form.asked("words"))
    return render(request, "sources/sources.html", listed(request, SOURCES, shown, form, show=source_row))


@require_safe
def show_source(request: Request, pk: int) -> HttpResponse:
    """Show one source with everything that the desk has about it."""
    return _source_page(request, found_or_404(source_queries.with_owner.first(pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: Request) -> HttpResponse:
    """Add a source."""
    require(request.user, SourceAct.GATHER)
    form = SourceForm(sent(request))
    source = submit(request, form, partial(registering.add_source, by=request.user))
    return redirect(source) if source else form_page(request, "sources/add_source.html", form)


@require_POST
def add_name(request: Request, pk: int) -> HttpResponse:
    """Add another name of a source."""
    return _add(request, pk, "name_form", NameForm(request.POST), registering.add_name, _("The name was added."))


@require_POST
def add_domain(request: Request, pk: int) -> HttpResponse:
    """Add a domain on which a source publishes."""
    return _add(
        request, pk, "domain_form", DomainForm(request.POST), registering.add_domain, _("The domain was added.")
    )


@require_POST
def state_standing(request: Request, pk: int) -> HttpResponse:
    """Rate the reliability of a source."""
    form = StandingForm(request.POST)
    return _add(request, pk, "standing_form", form, registering.state_standing, _("The reliability rating was saved."))


def _add(
    request: Request, pk: int, name: str, form: forms.Form, activity: Callable[..., models.Model], done: str
) -> HttpResponse:
    """Add something to a source by an activity; where it refuses, the form is shown again with what was written."""
    require(request.user, SourceAct.GATHER)
    source = found_or_404(source_queries.with_owner.first(pk))
    if submit(request, form, partial(activity, source, by=request.user), done=done):
        return redirect(source)
    return _source_page(request, source, **{name: form})


def _source_page(request: Request, source: Source, **forms_sent: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        **source_page.context(request, source),
        "knows": confiding.knows(source, request.user),
        "name_form": NameForm(auto_id="name_%s"),
        "domain_form": DomainForm(auto_id="domain_%s"),
        "standing_form": StandingForm(auto_id="standing_%s"),
        "sent": next(iter(forms_sent.values()), None),
        **forms_sent,
    }
    if context["sent"] is not None:
        return form_page(request, "sources/source.html", context["sent"], context)
    return render(request, "sources/source.html", context)
