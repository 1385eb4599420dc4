"""Forms: hand what was sent to an activity, and show its refusal at the field it is about (HTTP 422).

A form comes back with what its person wrote: after a refusal with what was sent, else with their draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet, Form
from django.forms.utils import ErrorDict
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from workbench.desk.drafts import FORM, Draft
from workbench.desk.models import LogEntry
from workbench.desk.refusal import NOT_KEPT, Refusal
from workbench.pages import meanwhile
from workbench.pages.http import UNPROCESSABLE, Request

Made = TypeVar("Made")


def sent(request: Request) -> QueryDict | None:
    """Return what was sent with a form, or the draft of this person for it; None where there is neither.

    None leaves the form unbound. A draft is shown without errors and is never handed to an activity.
    """
    if request.method == "POST":
        return request.POST
    draft = draft_of(request)
    return draft.data if draft else None


def draft_of(request: Request) -> Draft | None:
    """Return the draft of this person for the form at this address; read once for each request.

    Of several new objects begun at one address it is the one that the query names; without such a query, the newest.
    """
    if not hasattr(request, "draft"):
        drafts = Draft.objects.of(request.user).at(request.path)
        if FORM in request.GET:
            drafts = drafts.filter(path=f"{request.path}?{FORM}={request.GET[FORM]}")
        request.draft = drafts.first()
    return request.draft


def submit(request: Request, form: Form, activity: Callable[..., Made], *, done: str | Promise = "") -> Made | None:
    """Call an activity with the fields of a valid form, and return what it made; ``done`` is the message of success.

    None where nothing was sent, the form has errors, or the activity refused: the refusal then appears, with its code,
    at the field it is about. ``NotPermitted`` goes on to the middleware.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = activity(**form.cleaned_data)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None
    if done:
        messages.success(request, str(done))
    return made


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Add a refusal to the errors of a form, with its code, at the field it is about."""
    form.is_refused = True  # type: ignore[attr-defined]  # by an activity, and not for how it was filled in
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, ValidationError(str(refusal), code=refusal.code))


def show_instead(form: BaseForm, name: str, value: str) -> None:
    """Have a form that comes back show another value in a hidden field than the one that was sent."""
    data: Any = form.data
    form.data = data.copy()
    form.data[name] = value  # type: ignore[index]  # of a copy of what was sent


def attempt(request: Request, activity: Callable[[], Made], *, done: str | Promise = "") -> Made | None:
    """Call an activity behind a button without a form; show its refusal, or ``done``. None if it refused."""
    try:
        made = activity()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, str(done))
    return made


def form_page(request: Request, template: str, form: Form, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """Show a page with its form: with status 422 where the form has errors (RFC 9110, section 15.5.21), or 503."""
    shown = {"form": form, "draft": None, **(context or {})}
    if request.method == "POST":
        shown |= {"meanwhile": _meanwhile(request, shown)}
        return render(request, template, shown, status=_status(form) if form.is_bound else 200)
    draft = draft_of(request)
    for each in shown.values() if draft else ():
        if isinstance(each, (BaseForm, BaseFormSet)) and each.is_bound and each.data is not request.GET:
            _without_errors(each)
    return render(request, template, {**shown, "draft": draft})


def _meanwhile(request: Request, shown: Mapping[str, Any]) -> list[LogEntry]:
    """Return what others did lately with what a page is about, where an activity has refused one of its forms."""
    refused = any(getattr(each, "is_refused", False) for each in shown.values())
    return meanwhile.by_others(request.user, shown.values()) if refused else []


def _status(form: Form) -> int:
    """Return 503 where we could not keep what was sent, and its person can send it again as it is; else 422."""
    is_ours = any(error.code == NOT_KEPT for errors in form.errors.as_data().values() for error in errors)
    return HTTPStatus.SERVICE_UNAVAILABLE if is_ours else UNPROCESSABLE


def _without_errors(form: BaseForm | BaseFormSet[Any]) -> None:
    """Show a draft as it is: it need not be complete before it is sent."""
    shown: Any = form
    if isinstance(form, BaseFormSet):
        form.full_clean()
        shown._non_form_errors = form.error_class()  # noqa: SLF001 -- Django has no form that shows data unchecked
        for each in form.forms:
            _without_errors(each)
    else:
        shown._errors = ErrorDict()  # noqa: SLF001 -- as above
