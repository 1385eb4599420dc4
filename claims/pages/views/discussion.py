"""The internal notes of a claim: read them, write one, change or remove one."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import Claim, DiscussionNote
from claims.models.vocabulary import ClaimAct
from claims.pages import discussion_page
from claims.pages.forms.discussion import DiscussionNoteForm
from claims.pages.views.claim import load
from claims.review import discussing
from claims.review.discussing import About
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request, number


@require_http_methods(["GET", "HEAD", "POST"])
def discussion(request: Request, pk: int) -> HttpResponse:
    """Show the internal notes of a claim; write one on it, on a piece of its evidence or on its report."""
    claim = load(pk)
    if request.method == "POST":
        require(request.user, ClaimAct.DISCUSS)
    about, form = _about(request, claim), DiscussionNoteForm(sent(request))
    note = submit(request, form, partial(discussing.write, claim, by=request.user, about=about))
    if note is not None:
        _say(request, note)
        return redirect(note)
    context = {"claim": claim, "about": about, **discussion_page.page(request, claim, request.user)}
    return form_page(request, "claims/discussion.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_note(request: Request, pk: int) -> HttpResponse:
    """Change a note of one’s own by a new version."""
    require(request.user, ClaimAct.DISCUSS)
    note = _load(pk, request.user)
    newest = note.versions.readable_by(request.user).order_by("-pk").first() or note
    form = DiscussionNoteForm(sent(request), initial={"text": newest.text})
    made = submit(request, form, partial(discussing.change, note, by=request.user))
    if made is not None:
        _say(request, made)
        return redirect(made)
    context = {"claim": note.claim, "note": note, "title": _("Change your note"), "quoted": ""}
    return form_page(request, "claims/one_form.html", form, context)


@require_POST
def remove_note(request: Request, pk: int) -> HttpResponse:
    """Remove a note."""
    note = _load(pk, request.user)
    attempt(request, partial(discussing.remove, note, by=request.user), done=_("The note is removed."))
    return redirect(note)


def _load(pk: int, reader: User) -> DiscussionNote:
    """Return the first version of a note that this person may read. Raises ``Http404``."""
    readable = DiscussionNote.objects.first_ones().readable_by(reader)
    return get_object_or_404(readable.select_related("claim"), pk=pk)


def _about(request: Request, claim: Claim) -> About:
    """Return what a new note is about, as the address says. Raises ``Http404`` for what is of another claim."""
    evidence, decision = (number(request.GET.get(name, "")) for name in ("evidence", "decision"))
    found = About(
        claim.evidence.filter(pk=evidence).select_related("passage").first() if evidence else None,
        claim.decisions.filter(pk=decision).first() if decision else None,
    )
    if (evidence and found.evidence is None) or (decision and found.decision is None):
        raise Http404
    return found


def _say(request: Request, note: DiscussionNote) -> None:
    """Say that the note is kept, and which people get a notification."""
    people = list(User.objects.filter(username__in=note.mentioned).exclude(pk=request.user.pk).order_by("username"))
    if people:
        names = ", ".join(map(str, people))
        messages.success(request, _("The note is kept. We tell %(people)s.") % {"people": names})
    else:
        messages.success(request, _("The note is kept."))
