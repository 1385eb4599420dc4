"""The page of a person’s drafts: what they have written and not sent. Nobody else can open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import drafting
from workbench.desk.drafts import KEPT_FOR, Draft
from workbench.pages import kept_words, session_end
from workbench.pages.http import Request
from workbench.pages.kept_words import KeptText


@dataclass(frozen=True)
class ShownDraft:
    """A draft with its texts."""

    row: Draft
    texts: list[KeptText]


@require_safe
def show_drafts(request: Request) -> HttpResponse:
    """Show what this person has written and not sent, the newest first."""
    rows = [ShownDraft(row, kept_words.texts(row.sent)) for row in Draft.objects.of(request.user)]
    return render(request, "records/drafts.html", {"drafts": rows, "days": KEPT_FOR.days})


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Remove a draft of this person, and go back to where they came from."""
    row = get_object_or_404(Draft.objects.filter(owner=request.user), pk=pk)
    drafting.discard(request.user, row.path)
    messages.success(request, _("The draft is discarded."))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back and safe else "drafts")


@require_POST
def put_back(request: Request) -> HttpResponse:
    """Keep the words of a form that was open too long, and lead to the form with them."""
    return session_end.put_back(request)
