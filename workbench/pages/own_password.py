"""The page on which every person changes their own password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from workbench.desk import people, session_keeping
from workbench.desk.models import User
from workbench.pages import sessions


class OwnPasswordForm(PasswordChangeForm):
    """Asks for the old password, so that an unattended browser is no risk, and twice for the new one."""

    def save(self, commit: bool = True) -> User:
        """Change the password by the activity."""
        person: User = self.user
        return people.change_own_password(person, self.cleaned_data["new_password1"])


class OwnPasswordView(SuccessMessageMixin, PasswordChangeView):
    """The page on which every person changes their own password; it signs them out everywhere else."""

    form_class = OwnPasswordForm
    template_name = "registration/own_password.html"
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)
    success_message = gettext_lazy("Your password is changed. You are signed out everywhere else.")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change the password, and end the other sessions of the person."""
        answer = super().form_valid(form)
        session_keeping.end_others(form.user, but=sessions.key_of(self.request))
        return answer
