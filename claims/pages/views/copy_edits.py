"""Copy-edits of a report: the page to propose one, and the buttons to agree to it or to decline it."""

from __future__ import annotations

import json
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import CopyEdit, Report
from claims.models.vocabulary import ClaimAct, EditedPart
from claims.pages.forms.copy_edits import CopyEditForm
from claims.publishing import copy_editing
from workbench.desk.roles import require
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def copy_edit(request: Request, number: int, part: str = EditedPart.SUMMARY) -> HttpResponse:
    """Show the copy-edits of a report, and the form to propose one."""
    require(request.user, ClaimAct.AGREE_TO_EDIT)
    report = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    chosen = EditedPart(part)
    before, _of_verdict = copy_editing.words_of(json.loads(report.content), chosen)
    form = CopyEditForm(sent(request), initial={"part": chosen, "after": before})
    activity = partial(copy_editing.propose, report, by=request.user)
    if submit(request, form, activity, done=_("Your copy-edit waits for a second person.")):
        return redirect("claims:copy_edit", report.number)
    context = {
        "report": report,
        "claim": report.decision.claim,
        "before": before,
        "part": chosen,
        "edits": report.copy_edits.for_page(),
    }
    return form_page(request, "claims/copy_edit.html", form, context)


def copy_edit_gloss(request: Request, number: int) -> HttpResponse:
    """Show the same page for the short version of the claim."""
    return copy_edit(request, number, EditedPart.SHORT_TEXT)


@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    """Agree to a copy-edit; a new version is published beside the old one."""
    edit = get_object_or_404(CopyEdit.objects.for_page(), pk=pk)
    done = _("The copy-edit is agreed. Both versions are kept.")
    agreed = attempt(request, partial(copy_editing.agree, edit, by=request.user), done=done)
    return redirect(agreed.made if agreed and agreed.made else _page_of(edit))


@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Decline a copy-edit, or take one's own back."""
    edit = get_object_or_404(CopyEdit.objects.for_page(), pk=pk)
    attempt(request, partial(copy_editing.decline, edit, by=request.user), done=_("The copy-edit is declined."))
    return redirect(_page_of(edit))


def _page_of(edit: CopyEdit) -> str:
    return reverse("claims:copy_edit", args=[edit.report.number])
