"""Forms that add to a claim what was asked about it, and how it relates to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from claims.intake import recording
from claims.models import Claim, CommentRequest, Question
from claims.models.vocabulary import ClaimAct
from claims.pages.forms.questions import AnswerForm, ClaimLinkForm, CommentForm, CommentRequestForm, QuestionForm
from claims.pages.views.claim import load
from claims.review import asking
from workbench.desk.roles import require
from workbench.pages.http import UNPROCESSABLE, Request

writes = require_http_methods(["GET", "HEAD", "POST"])


@writes
def add_question(request: Request, pk: int) -> HttpResponse:
    """Add a question that stands between the claim and its decision."""
    claim = load(pk)
    form = QuestionForm(request.POST or None)
    page = Page(claim, _("Add a question"), _("The question is saved."))
    return _add(request, page, form, lambda given: asking.ask(claim, by=request.user, **given))


@writes
def answer_question(request: Request, pk: int) -> HttpResponse:
    """Answer a question."""
    question = get_object_or_404(Question.objects.select_related("claim"), pk=pk)
    form = AnswerForm(request.POST or None)
    page = Page(question.claim, _("Answer a question"), _("The answer is saved."), quoted=question.text)
    return _add(request, page, form, lambda given: asking.answer(question, by=request.user, **given))


@writes
def request_comment(request: Request, pk: int) -> HttpResponse:
    """Note that somebody was asked for comment."""
    claim = load(pk)
    form = CommentRequestForm(request.POST or None)
    page = Page(claim, _("Record a request for comment"), _("The request for comment is saved."))
    return _add(request, page, form, lambda given: asking.request_comment(claim, by=request.user, **given))


@writes
def note_comment(request: Request, pk: int) -> HttpResponse:
    """Note the answer to a request for comment."""
    asked = get_object_or_404(CommentRequest.objects.select_related("claim"), pk=pk)
    form = CommentForm(request.POST or None)
    quoted = f"{asked.to_whom}: {asked.question}"
    page = Page(asked.claim, _("Record the answer"), _("The answer is saved."), quoted=quoted)
    return _add(request, page, form, lambda given: asking.note_comment(asked, by=request.user, **given))


@writes
def link_claims(request: Request, pk: int) -> HttpResponse:
    """Say how the claim relates to another."""
    claim = load(pk)
    form = ClaimLinkForm(request.POST or None)
    page = Page(claim, _("Link to another claim"), _("The two claims are linked."), at="links")
    return _add(request, page, form, lambda given: recording.link_claims(claim, by=request.user, **given))


@dataclass(frozen=True)
class Page:
    """A page that adds one thing to a claim: its title, what it says once that is done, and where one then stands."""

    claim: Claim
    title: Promise
    done: Promise
    at: str = "asked"
    quoted: str = ""


def _add(request: Request, page: Page, form: Form, activity: Callable[[dict[str, Any]], object]) -> HttpResponse:
    """Show a form, or do what was written by an activity; one that refuses gives the form back."""
    require(request.user, ClaimAct.LOG_CLAIM)
    if form.is_valid():
        try:
            activity(form.cleaned_data)
        except (asking.NotAsked, recording.NotLogged) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(page.done))
            return redirect(f"{page.claim.get_absolute_url()}#{page.at}")
    context = {"claim": page.claim, "form": form, "title": page.title, "quoted": page.quoted}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "claims/add_to_claim.html", context, status=status)
