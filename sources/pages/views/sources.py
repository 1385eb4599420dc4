"""Pages about sources: the list; names, domains, feeds and reliability ratings of a source; forms to add them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources.models import Source
from sources.models.vocabulary import SourceAct
from sources.pages import source_page
from sources.pages.forms import DomainForm, NameForm, SourceFilter, SourceForm, StandingForm
from sources.pages.lists import SOURCES
from sources.registry import confiding, registering
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request
from workbench.pages.lists import listed
from workbench.pages.templatetags.form_fields import is_blank


@require_safe
def show_sources(request: Request) -> HttpResponse:
    """Show the sources the desk knows, by name."""
    form = SourceFilter(request.GET)
    rows = _sources.rows()
    if words := form.asked("words"):
        rows = rows.search(words)
    if kind := form.asked("kind"):
        rows = rows.filter(kind=kind)
    shown = _sources.bound() if is_blank(form) else rows
    return render(request, "sources/sources.html", listed(request, SOURCES, shown, form))


@CompiledQuery
def _sources() -> QuerySet[Source]:
    rows: QuerySet[Source] = Source.objects.for_list()
    return rows


@require_safe
def show_source(request: Request, pk: int) -> HttpResponse:
    """Show one source with everything that the desk has about it."""
    return _source_page(request, get_object_or_404(Source.objects.select_related("owner"), pk=pk))


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
    source = get_object_or_404(Source.objects.select_related("owner"), pk=pk)
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
