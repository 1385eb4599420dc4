"""The end of a session while somebody writes: sign-in and CSRF failures that do not lose the words of a form.

Nothing of a stranger is stored. The words travel in a hidden field of the page, signed and bounded, and become a draft
once a person has signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workbench.desk import drafting, health, session_keeping, two_step_setting
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.sign_in import is_on_this_machine
from workbench.pages import kept_words, second_step, two_step
from workbench.pages.health import unready


class SignInForm(AuthenticationForm):
    """Asks for name and password; sample users sign in on this machine only.

    Whoever signs in in two steps is asked for a code on a page of its own. A program may send it along.
    """

    code = two_step.OneTimeCode(label=gettext_lazy("Code"), required=False)
    lacks_code = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("code"):
            del self.fields["code"]

    def confirm_login_allowed(self, user: Any) -> None:
        """Raise ``ValidationError`` for a closed account, and for a sample user who comes from elsewhere."""
        super().confirm_login_allowed(user)
        if user.is_sample and (self.request is None or not is_on_this_machine(self.request)):
            text = _("Sample users sign in only on the machine that the workbench runs on.")
            raise ValidationError(text, code="sample_user")

    def clean(self) -> dict[str, Any]:
        """Check name and password, and then the code of a person who signs in in two steps, where it was sent."""
        cleaned: dict[str, Any] = super().clean()
        person = self.get_user()
        if isinstance(person, User):
            self.lacks_code = "code" not in self.fields and two_step_setting.is_on(person)
            if not self.lacks_code and not two_step_setting.accept(person, cleaned.get("code", "")):
                raise second_step.refuse_code(self.request, person)
        return cleaned


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Asks strangers to sign in. One who has sent a form gets the sign-in page with the words in it.

    Sample users, whose passwords are known, are strangers wherever others reach the workbench.
    """

    def process_view(self, request: HttpRequest, view_func: Callable[..., Any], *args: Any) -> HttpResponseBase | None:
        """Return None to let the page be shown; sign a sample user out who comes from elsewhere."""
        person = request.user
        if isinstance(person, User) and person.is_sample and not is_on_this_machine(request):
            logout(request)
        return super().process_view(request, view_func, *args)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        """Return the sign-in page with the words that were sent, or redirect to it where there are none."""
        carried = kept_words.signed(request) if request.method == "POST" else ""
        if carried:
            return sign_in_page(request, carried)
        return super().handle_no_permission(request, view_func)


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """Sign-in. A database without the tables of this version has a page that says so.

    The words that the page carries become a draft of the person who signs in, and the form with them comes back.
    """

    form_class = SignInForm

    def get_form_class(self) -> Any:
        """Return the form of this step: name and password, or the code alone."""
        return second_step.CodeForm if second_step.TICKET in self.request.POST else SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer as Django does, once the database has its tables."""
        if not health.migrations().ok:
            return unready(is_away=False)
        if request.method == "POST" and isinstance(request.user, User) and request.POST.get(kept_words.SIGNED):
            return put_back(request)  # they signed in on another page meanwhile
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign the person in, and lead to the form with their words; first ask for the code where there must be one."""
        person: Any = form.get_user()
        if getattr(form, "lacks_code", False):
            asked = second_step.CodeForm(self.request, initial={"ticket": second_step.ticket(person)})
            return self.render_to_response(self.get_context_data(form=asked))
        answer = super().form_valid(form)
        self.request.session[two_step.VERIFIED] = two_step_setting.is_on(form.get_user())
        session_keeping.begin(self.request.session, form.get_user(), self.request.headers.get("User-Agent", ""))
        return put_back(self.request) if self.request.POST.get(kept_words.SIGNED) else answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form with what is wrong; where the time for the code is over, the first step again."""
        if form.has_error("__all__", "expired"):
            messages.warning(self.request, form.non_field_errors()[0])
            form = SignInForm(self.request)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page needs; after a wrong password, the words too."""
        return super().get_context_data(carried=kept_words.signed(self.request), **kwargs)


class SignOutView(LogoutView):
    """Sign-out. The browser drops what it has kept of our pages."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer as Django does."""
        session_keeping.forget(request.session.session_key or "")
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


def sign_in_page(request: HttpRequest, carried: str) -> HttpResponse:
    """Return the sign-in page for somebody whose session has ended, with the words of their form."""
    context = {"form": SignInForm(request), "next": request.path, "carried": carried, "ended": True}
    return render(request, "registration/login.html", context, status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that a form was open too long, with its words: unless another site has sent them."""
    carried = "" if kept_words.is_from_elsewhere(request) else kept_words.signed(request)
    if carried and not isinstance(request.user, User):
        return sign_in_page(request, carried)
    context = {"carried": carried, "reason": reason}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def put_back(request: HttpRequest) -> HttpResponse:
    """Keep the words that a page carries as a draft of this person, and lead to the form that shows them."""
    kept = kept_words.unsigned(request.POST.get(kept_words.SIGNED, ""))
    if kept is None or not isinstance(request.user, User):
        messages.error(request, _("We could not keep what you wrote: the page was open for more than 12 hours."))
        return redirect("drafts")
    if not kept.is_by(request.user):
        text = _(
            "Another account wrote these words, so they are not shown to yours. To get them back, sign out in another "
            "tab, go back to the sign-in page in this one, and sign in with the account that wrote them."
        )
        messages.error(request, text)
        return redirect("drafts")
    try:
        drafting.keep(request.user, kept.path, kept.fields, title=kept.title)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("drafts")
    messages.success(request, _("You are signed in, and what you wrote is kept as a draft. It is not sent yet."))
    return redirect(kept.path)
