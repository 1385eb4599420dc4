"""Middleware: refusals (403, 405), another character set (400), probes of load balancers, for whom a request acts."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from workbench.desk import actor, hidden_rows
from workbench.desk.roles import NotPermitted
from workbench.pages import health, meanwhile
from workbench.pages.request_charset import UNREADABLE

PROBES = {"/healthz": health.healthz, "/readyz": health.readyz}


class ReadableMiddleware:
    """Refuses a request that we cannot read with status 400, before anything else looks into it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on requests in UTF-8; read their form now, so that a broken one is refused here and not in a page."""
        if UNREADABLE in request.META:
            raise BadRequest("The character set of this request is not UTF-8.")
        try:
            request.POST.keys()
        except UnreadablePostError as problem:  # who sent it is gone
            raise BadRequest("The body of this request ended too early.") from problem
        return self.get_response(request)


class ProbeMiddleware:
    """Answers health checks before anything looks at the host or the scheme of the request.

    A load balancer probes each web server by its address and without TLS: it sends a Host that is not in
    ALLOWED_HOSTS. All other pages refuse such a host.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on requests that are no probes."""
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        with hidden_rows.read_by(lambda: None):  # the answer names rows that fail, and anybody may ask
            return probe(request)


class ActorMiddleware:
    """Lets nobody but the signed-in person act while their request is answered (``workbench/desk/actor.py``).

    Meanwhile no query returns what this person must not know of (``workbench/desk/hidden_rows.py``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; who is signed in is asked for only if somebody acts."""
        with actor.signed_in(lambda: request.user.pk), hidden_rows.read_by(lambda: request.user.pk):
            return self.get_response(request)


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; replace a bare 405 with a page or a redirect."""
        answer = self.get_response(request)
        return _leading_on(request, answer) if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED else answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 403 page for ``NotPermitted``, with its message; leave every other exception alone."""
        if not isinstance(exception, NotPermitted):
            return None
        lately = meanwhile.by_others(request.user, [request.user]) if request.method == "POST" else []
        return render(request, "403.html", {"refusal": str(exception), "meanwhile": lately}, status=403)


def _leading_on(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """Redirect to the page above where somebody opens the address of a form, else show the 405 page.

    Browsers open such addresses when a person goes back to the answer to a form, or changes the language there.
    """
    if request.method in {"GET", "HEAD"}:
        return _to_page_above(request.path_info)
    page = render(request, "405.html", status=refusal.status_code)
    page["Allow"] = refusal["Allow"]  # RFC 9110, section 15.5.6
    return page


def _to_page_above(path: str) -> HttpResponse:
    """Redirect to the nearest address above that exists: forms are sent to addresses below their page."""
    while True:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            page = resolve(path)
        except Resolver404:
            continue
        return redirect(reverse(page.view_name, args=page.args, kwargs=page.kwargs))
