"""Forms: hand what was sent to an activity, and show its refusal at the field it is about (HTTP 422)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm, Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from workbench.desk.refusal import Refusal
from workbench.pages.http import UNPROCESSABLE, Request

Made = TypeVar("Made")


def sent(request: Request) -> QueryDict | None:
    """Return what was sent with a form; None for a request that sends nothing, so that the form stays unbound."""
    return request.POST if request.method == "POST" else None


def submit(request: Request, form: Form, activity: Callable[..., Made], *, done: str | Promise = "") -> Made | None:
    """Call an activity with the fields of a valid form, and return what it made; ``done`` is the message of success.

    None where the form is not bound, has errors, or the activity refused: the refusal then appears, with its code, at
    the field it is about. ``NotPermitted`` goes on to the middleware.
    """
    if not form.is_valid():
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
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, ValidationError(str(refusal), code=refusal.code))


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
    """Show a page with its form: with status 422 where the form has errors (RFC 9110, section 15.5.21)."""
    return render(request, template, {"form": form, **(context or {})}, status=UNPROCESSABLE if form.is_bound else 200)
