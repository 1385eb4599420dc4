"""Forms that add to a claim what was asked about it, and how it relates to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from claims import asking, recording
from claims.forms.asking import AnswerForm, ClaimLinkForm, CommentForm, CommentRequestForm, QuestionForm
from claims.models import Claim, CommentRequest, Question
from claims.views.showing import load
from workbench.http import UNPROCESSABLE, Request
from workbench.roles import Act, require

writes = require_http_methods(["GET", "HEAD", "POST"])


@writes
def add_question(request: Request, pk: int) -> HttpResponse:
    """Add a question that stands between the claim and its decision."""
    claim = load(pk)
    form = QuestionForm(request.POST or None)
    return _add(request, claim, form, _("Add a question"), lambda given: asking.ask(claim, by=request.user, **given))


@writes
def answer_question(request: Request, pk: int) -> HttpResponse:
    """Answer a question."""
    question = get_object_or_404(Question.objects.select_related("claim"), pk=pk)
    form = AnswerForm(request.POST or None)
    title, quoted = _("Answer a question"), question.text
    return _add(
        request, question.claim, form, title, lambda given: asking.answer(question, by=request.user, **given), quoted
    )


@writes
def request_comment(request: Request, pk: int) -> HttpResponse:
    """Note that somebody was asked for comment."""
    claim = load(pk)
    form = CommentRequestForm(request.POST or None)
    title = _("Note a request for comment")
    return _add(request, claim, form, title, lambda given: asking.request_comment(claim, by=request.user, **given))


@writes
def note_comment(request: Request, pk: int) -> HttpResponse:
    """Note the answer to a request for comment."""
    asked = get_object_or_404(CommentRequest.objects.select_related("claim"), pk=pk)
    form = CommentForm(request.POST or None)
    title, quoted = _("Note the answer"), f"{asked.to_whom}: {asked.question}"
    return _add(
        request, asked.claim, form, title, lambda given: asking.note_comment(asked, by=request.user, **given), quoted
    )


@writes
def link_claims(request: Request, pk: int) -> HttpResponse:
    """Say how the claim relates to another."""
    claim = load(pk)
    form = ClaimLinkForm(request.POST or None, claim=claim)
    title = _("Link it to another claim")
    return _add(request, claim, form, title, lambda given: recording.link_claims(claim, by=request.user, **given))


def _add(
    request: Request,
    claim: Claim,
    form: Form,
    title: Promise,
    activity: Callable[[dict[str, Any]], object],
    quoted: str = "",
) -> HttpResponse:
    """Show a form, or do what was written by an activity; one that refuses gives the form back."""
    require(request.user, Act.LOG_CLAIM)
    if form.is_valid():
        try:
            activity(form.cleaned_data)
        except (asking.NotAsked, recording.NotLogged) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{claim.get_absolute_url()}#asked")
    context = {"claim": claim, "form": form, "title": title, "quoted": quoted}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "claims/add_to_claim.html", context, status=status)
