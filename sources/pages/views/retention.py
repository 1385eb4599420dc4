"""The page of retention: how long texts are kept, what a rule would remove, and the rules so far."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.models import Document, RetentionRule
from sources.pages.forms import RetentionForm, RetentionPreviewForm
from sources.pages.lists import RETENTION
from sources.reading import expiring, rereading
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt, form_page, submit
from workbench.pages.http import Request
from workbench.pages.lists import listed

MOST_LOOKED = 1_000  # texts that a preview on the page looks at: half a second; the command looks at all


@require_safe
def show_retention(request: Request) -> HttpResponse:
    """Show the rules, and what a rule of the months that were asked for would remove now."""
    require(request.user, DeskAct.MANAGE_STORAGE)
    return _page(request, RetentionForm(), RetentionPreviewForm(request.GET if "months" in request.GET else None))


@require_POST
def set_retention(request: Request) -> HttpResponse:
    """Set a rule, have texts removed once, or keep all texts from now on."""
    require(request.user, DeskAct.MANAGE_STORAGE)
    form = RetentionForm(request.POST)
    done = _("The rule is set. Workers follow it from now on.")
    if request.POST.get("once"):
        done = _("Workers are removing these texts now.")
    rule = submit(request, form, partial(expiring.set_rule, by=request.user), done=done)
    return redirect(rule) if rule else _page(request, form, RetentionPreviewForm())


@require_POST
def put_back(request: Request, pk: int) -> HttpResponse:
    """Have the removed text of a document extracted again from the archive."""
    document = get_object_or_404(Document, pk=pk)
    done = _("The text is being extracted again.")
    attempt(request, partial(rereading.put_back, document, by=request.user), done=done)
    return redirect(document)


def _page(request: Request, form: RetentionForm, asked: RetentionPreviewForm) -> HttpResponse:
    months = asked.cleaned_data["months"] if asked.is_valid() else None
    context = {
        "asked": asked,
        "standing": RetentionRule.objects.standing(),
        "preview": expiring.preview(months, most=MOST_LOOKED) if months else None,
        **listed(request, RETENTION, RetentionRule.objects.select_related("set_by")),
    }
    return form_page(request, "sources/retention.html", form, {**context, "form": form})
