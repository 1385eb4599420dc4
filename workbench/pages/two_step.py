"""The page on which every person sets up two-step sign-in or turns it off; whoever has to use it is led there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import CharField, Form, HiddenInput, PasswordInput, TextInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workbench.desk import encryption, two_step_setting
from workbench.desk.models import User
from workbench.desk.two_step import TwoStep
from workbench.pages.forms import attempt, form_page, show_instead, submit
from workbench.pages.http import Request

VERIFIED = "two_step"  # in the session: this person has given a code, or has just set it up
OFFERED = "a key that is offered"
# What somebody who has to set it up first can open all the same.
OPEN = {"two_step", "logout", "set_language", "own_password"}


class OneTimeCode(CharField):
    """A code of an authenticator app, or a recovery code."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false", "dir": "ltr"}
        super().__init__(max_length=60, widget=TextInput(attributes), **options)


class TwoStepForm(Form):
    """Asks for the password, so that an unattended browser is no risk."""

    password = CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=4_096,
        widget=PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data)
        self.person = person

    def clean_password(self) -> str:
        """Return the password; refuse a wrong one."""
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise ValidationError(_("This is not your password."), code="wrong_password")
        return password


class SetUpForm(TwoStepForm):
    """Asks for the first code of a new key, so that nobody is locked out by an app that has not got it."""

    offered = CharField(widget=HiddenInput)
    code = OneTimeCode(
        label=gettext_lazy("Code that the app shows"), help_text=gettext_lazy("Six digits, new every 30 seconds.")
    )
    field_order = ["offered", "code", "password"]


def show_two_step(request: Request) -> HttpResponse:
    """Show whether two-step sign-in is on, and the form that changes it."""
    row = TwoStep.objects.filter(person=request.user).exclude(key="").first()
    return _on_page(request, row) if row else _off_page(request)


def _on_page(request: Request, row: TwoStep) -> HttpResponse:
    form = TwoStepForm(request.user, request.POST or None)
    is_required = two_step_setting.is_required(request.user)
    if request.method == "POST" and form.is_valid():
        done = _("Two-step sign-in is off.")
        if attempt(request, lambda: two_step_setting.turn_off(request.user, by=request.user) or True, done=done):
            request.session.pop(VERIFIED, None)
        return redirect("two_step")
    context = {"row": row, "left": len(row.recovery), "is_required": is_required}
    return form_page(request, "registration/two_step_on.html", form, context)


def _off_page(request: Request) -> HttpResponse:
    key, offered = _offered(request.POST.get("offered", ""))
    form = SetUpForm(request.user, request.POST or None)
    form.initial["offered"] = offered
    codes = submit(request, form, lambda code, **_checked: two_step_setting.turn_on(request.user, key, code))
    if codes:
        request.session[VERIFIED] = True
        return render(request, "registration/recovery_codes.html", {"codes": codes})
    if form.is_bound:
        show_instead(form, "offered", offered)
    drawn = segno.make(two_step_setting.address_for_app(request.user, key), error="m")
    context = {
        "key": " ".join(key[start : start + 4] for start in range(0, len(key), 4)),
        "drawing": drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        "is_required": two_step_setting.is_required(request.user),
    }
    return form_page(request, "registration/two_step_off.html", form, context)


def _offered(sent: str) -> tuple[str, str]:
    """Return the key that the page offers, and the same encrypted for its form: that which was sent, or a new one."""
    try:
        return encryption.unlock(sent, OFFERED), sent
    except encryption.NotUnlocked:
        key = two_step_setting.new_key()
        return key, encryption.lock(key, OFFERED)


class TwoStepMiddleware:
    """Leads people whose role has to sign in with a code to the page that sets it up, until they have done so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Return None to let the page be shown."""
        person = request.user
        if not isinstance(person, User) or not two_step_setting.is_required(person) or request.session.get(VERIFIED):
            return None
        if request.resolver_match is None or request.resolver_match.url_name in OPEN:
            return None
        messages.info(request, _("Your desk asks people with your role to sign in in two steps. Set it up first."))
        return redirect("two_step")
