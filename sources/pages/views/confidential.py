"""Pages on confidential sources: add one, show who it is to those who may know, and name them."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources.models import IdentityReader, Source
from sources.models.vocabulary import SourceAct, SourceKind
from sources.registry import confiding
from workbench.desk.models import User
from workbench.desk.roles import NotPermitted, require
from workbench.pages.forms import attempt, form_page, submit
from workbench.pages.http import Request, number
from workbench.pages.person_field import PersonField


class ConfidentialForm(forms.Form):
    true_name = forms.CharField(  # a form with a field of this name is never kept as a draft
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
        help_text=gettext_lazy("Encrypted. Only the people you name read it, and each look is logged."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SourceKind.choices, initial=SourceKind.PERSON)
    country = forms.CharField(label=gettext_lazy("Country"), required=False, max_length=80)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("Everybody reads this. Write nothing that tells who it is."),
    )


class ReaderForm(forms.Form):
    person = PersonField()


@require_http_methods(["GET", "HEAD", "POST"])
def add_confidential(request: Request) -> HttpResponse:
    """Add a confidential source. No draft is kept of the form: drafts are not encrypted."""
    require(request.user, SourceAct.GATHER)
    form = ConfidentialForm(request.POST if request.method == "POST" else None)

    def activity(true_name: str, kind: str, **given: str) -> Source:
        return confiding.add_confidential(true_name, SourceKind(kind), by=request.user, **given)

    if source := submit(request, form, activity):
        return redirect("sources:identity", source.pk)
    return form_page(request, "sources/add_confidential.html", form)


@require_safe
def identity(request: Request, pk: int) -> HttpResponse:
    """Show to those who know a confidential source who else does."""
    return _page(request, _known(request, pk), ReaderForm())


@require_POST
def show_name(request: Request, pk: int) -> HttpResponse:
    """Show who a confidential source is; the log keeps that this person looked."""
    source = _known(request, pk)
    name = attempt(request, partial(confiding.reveal, source, by=request.user))
    return _page(request, source, ReaderForm(), name=name or "")


@require_POST
def let_read(request: Request, pk: int) -> HttpResponse:
    """Name somebody who may know who a confidential source is."""
    source, form = _known(request, pk), ReaderForm(request.POST)
    if submit(request, form, partial(confiding.let_read, source, by=request.user), done=_("They may know now.")):
        return redirect("sources:identity", source.pk)
    return _page(request, source, form)


@require_POST
def stop_reading(request: Request, pk: int) -> HttpResponse:
    """Let somebody no longer read who a confidential source is."""
    source = _known(request, pk)
    person = get_object_or_404(User, pk=number(request.POST.get("person", "")) or 0)
    attempt(request, partial(confiding.stop, source, person, by=request.user), done=_("Removed."))
    return redirect("sources:identity" if confiding.knows(source, request.user) else "sources:source", source.pk)


def _known(request: Request, pk: int) -> Source:
    """Return a confidential source that this person may know. Raises ``Http404`` and ``NotPermitted``."""
    source: Source = get_object_or_404(Source, pk=pk)
    if not confiding.knows(source, request.user):
        raise NotPermitted(_("Only the people who are named for it may know who this source is."))
    return source


def _page(request: Request, source: Source, form: ReaderForm, name: str = "") -> HttpResponse:
    readers = IdentityReader.objects.standing().filter(identity__source=source).select_related("person", "given_by")
    context = {"source": source, "readers": list(readers), "name": name, "history": confiding.history(source)}
    return form_page(request, "sources/identity.html", form, context)
