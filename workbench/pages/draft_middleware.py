"""Middleware for drafts: save one by its button or by the script, keep what was refused, drop what was sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workbench.desk import drafting
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.pages import kept_words

logger = logging.getLogger(__name__)

BY_SCRIPT = "script"  # the value of the field when no person pressed the button
REFUSED = {
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
}


class DraftMiddleware:
    """Looks after the words of forms that signed-in people send, whatever page they are on.

    It comes after the checks of CSRF and of the sign-in: it never keeps the words of a stranger.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; drop the draft of a form that was accepted, and keep what was refused."""
        answer = self.get_response(request)
        person = getattr(request, "user", None)
        if request.method != "POST" or not isinstance(person, User) or kept_words.DRAFT in request.POST:
            return answer
        if answer.status_code in REFUSED and _is_their_own(request):
            keep(person, kept_words.of_request(request))
        elif HTTPStatus.MULTIPLE_CHOICES <= answer.status_code < HTTPStatus.BAD_REQUEST:
            drafting.discard(person, kept_words.address(request))
        return answer

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Save a draft instead of showing a page, if that is what the form asks for."""
        if request.method != "POST" or kept_words.DRAFT not in request.POST or not isinstance(request.user, User):
            return None
        by_script = request.POST[kept_words.DRAFT] == BY_SCRIPT
        kept = kept_words.of_request(request)
        if kept is not None and not kept.is_by(request.user):
            return HttpResponse(_("You are signed in as somebody else now."), status=HTTPStatus.FORBIDDEN)
        try:
            told = _save(request.user, kept_words.address(request), kept)
        except Refusal as refusal:
            return HttpResponse(str(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if by_script:
            return HttpResponse(told)
        messages.success(request, told)
        return redirect(kept_words.address(request))


def keep(person: User, kept: kept_words.KeptWords | None) -> bool:
    """Keep the words of a person as a draft; say whether that was possible. Words of somebody else are not kept."""
    if kept is None or not kept.is_by(person):
        return False
    try:
        drafting.keep(person, kept.path, kept.fields, title=kept.title)
    except Refusal:
        return False
    except DatabaseError:
        logger.exception("The words of a form that failed could not be kept as a draft.")
        return False
    return True


def _is_their_own(request: HttpRequest) -> bool:
    """Say whether a form passed the check of CSRF; an address that does not exist never comes to it."""
    return getattr(request, "csrf_processing_done", False) and not kept_words.is_from_elsewhere(request)


def _save(person: User, path: str, kept: kept_words.KeptWords | None) -> str:
    if kept is None:
        drafting.discard(person, path)
        return _("There is nothing to save yet.")
    drafting.keep(person, path, kept.fields, title=kept.title)
    return _("Draft saved at %(time)s") % {"time": date_format(timezone.localtime(), "TIME_FORMAT")}
