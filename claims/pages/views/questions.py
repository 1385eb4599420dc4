"""Forms for questions, requests for comment and links to other claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from claims.intake import recording
from claims.models import Claim, CommentRequest, Question
from claims.models.vocabulary import ClaimAct
from claims.pages.forms.questions import AnswerForm, ClaimLinkForm, CommentForm, CommentRequestForm, QuestionForm
from claims.pages.views.claim import load
from claims.review import asking
from workbench.desk.punctuation import labelled
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request

writes = require_http_methods(["GET", "HEAD", "POST"])


@writes
def add_question(request: Request, pk: int) -> HttpResponse:
    """Add a question that must be answered to decide the claim."""
    claim = load(pk)
    page = Page(claim, _("Add a question"), _("The question is saved."))
    return _add(request, page, QuestionForm(sent(request)), partial(asking.ask, claim, by=request.user))


@writes
def answer_question(request: Request, pk: int) -> HttpResponse:
    """Answer a question."""
    question = get_object_or_404(Question.objects.select_related("claim"), pk=pk)
    page = Page(question.claim, _("Answer a question"), _("The answer is saved."), quoted=question.text)
    form = AnswerForm(sent(request), claim=question.claim)
    return _add(request, page, form, partial(asking.answer, question, by=request.user))


@writes
def request_comment(request: Request, pk: int) -> HttpResponse:
    """Record a request for comment."""
    claim = load(pk)
    page = Page(claim, _("Record a request for comment"), _("The request for comment is saved."))
    activity = partial(asking.request_comment, claim, by=request.user)
    return _add(request, page, CommentRequestForm(sent(request)), activity)


@writes
def note_comment(request: Request, pk: int) -> HttpResponse:
    """Record the answer to a request for comment."""
    asked = get_object_or_404(CommentRequest.objects.select_related("claim"), pk=pk)
    quoted = labelled(asked.to_whom, asked.question)
    page = Page(asked.claim, _("Record the answer"), _("The answer is saved."), quoted=quoted)
    return _add(request, page, CommentForm(sent(request)), partial(asking.note_comment, asked, by=request.user))


@writes
def link_claims(request: Request, pk: int) -> HttpResponse:
    """Link the claim to another one."""
    claim = load(pk)
    page = Page(claim, _("Link to another claim"), _("The two claims are linked."), at="links")
    return _add(request, page, ClaimLinkForm(sent(request)), partial(recording.link_claims, claim, by=request.user))


@dataclass(frozen=True)
class Page:
    """A page that adds one thing to a claim: its title, its message once that is saved, and where it then shows."""

    claim: Claim
    title: Promise
    done: Promise
    at: str = "asked"
    quoted: str = ""


def _add(request: Request, page: Page, form: Form, activity: Callable[..., object]) -> HttpResponse:
    """Show a form, or hand what was sent to an activity; if it refuses, the form comes back with its words."""
    require(request.user, ClaimAct.LOG_CLAIM)
    if submit(request, form, activity, done=page.done):
        return redirect(f"{page.claim.get_absolute_url()}#{page.at}")
    context = {"claim": page.claim, "title": page.title, "quoted": page.quoted}
    return form_page(request, "claims/one_form.html", form, context)
