"""Where a person is signed in: the list of their sessions, and the buttons that end one or all others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import session_keeping
from workbench.desk.sign_ins import SignIn
from workbench.pages.forms import attempt
from workbench.pages.http import Request


class SignInsMiddleware:
    """Notes every ten minutes that a session of the list is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; only a request that has read its session is noted."""
        answer = self.get_response(request)
        if request.session.accessed and session_keeping.NOTED in request.session:
            session_keeping.note(request.session)
        return answer


def key_of(request: HttpRequest) -> str:
    """Return the key of the session of a request, under which the list has it now."""
    if session_keeping.NOTED in request.session:
        session_keeping.note(request.session)
    return request.session.session_key or ""


@require_safe
def show_sessions(request: Request) -> HttpResponse:
    """Show a person where they are signed in."""
    rows = SignIn.objects.open().filter(person=request.user)
    return render(request, "records/sessions.html", {"rows": rows, "here": key_of(request)})


@require_POST
def end_session(request: Request, pk: int) -> HttpResponse:
    """End one session of the person who asks."""
    row = get_object_or_404(SignIn, pk=pk, person=request.user)
    done = _("The session is ended. That browser has to sign in again.")
    attempt(request, partial(session_keeping.end, row, by=request.user), done=done)
    return redirect("sessions")


@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """End all sessions of the person who asks but this one."""
    number = session_keeping.end_others(request.user, but=key_of(request))
    told = ngettext("%(number)d other session is ended.", "%(number)d other sessions are ended.", number)
    messages.success(request, told % {"number": number})
    return redirect("sessions")
