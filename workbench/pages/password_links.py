"""The link by which a person chooses their password: its address, and the page that it opens."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from workbench.desk import people
from workbench.desk.models import User
from workbench.desk.people import PasswordLink
from workbench.desk.refusal import Refusal
from workbench.pages.forms import show_refusal
from workbench.pages.http import UNPROCESSABLE


@method_decorator(login_not_required, name="dispatch")
class ChoosePasswordView(PasswordResetConfirmView):
    """The page behind a link. Django takes the token out of the address before it shows the form."""

    form_class = SetPasswordForm  # type: ignore[assignment]  # of the person that the link names
    template_name = "registration/choose_password.html"

    def get_user(self, uidb64: str) -> User | None:
        """Return the person of the link; nobody where the account is closed."""
        found: User | None = super().get_user(uidb64)
        return found if found is not None and found.is_active else None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Set the password by the activity, once; then the link has ended."""
        token = self.request.session.get(INTERNAL_RESET_SESSION_TOKEN, "")
        try:
            people.choose_password(cast("User", self.user), token, form.cleaned_data["new_password1"])
        except Refusal as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        self.request.session.pop(INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return redirect("login")

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page needs, with the person whose password it is."""
        return super().get_context_data(person=self.user, **kwargs)


def address_of(link: PasswordLink) -> str:
    """Return the path of a link; whoever shows it puts the address of the workbench before it."""
    return reverse("choose_password", args=[link.key, link.token])


def whole_address_of(link: PasswordLink) -> str:
    """Return the address at the desk’s public name: that of a request is what whoever sent it says."""
    return f"{settings.DESK_URL}{address_of(link)}"


def told(link: PasswordLink) -> str:
    """Return what a command prints: the link, and until when it works."""
    until = f"{link.expires_at:%Y-%m-%d %H:%M} UTC"
    return f"{whole_address_of(link)}\nIt works once, until {until}, and is shown only now."
