"""Pages of the ground floor: is the workbench alive, is it ready to work, and one's own password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from workbench.celery import app
from workbench.desk import people
from workbench.desk.models import User

PATIENCE = 2  # seconds; whoever asks wants to know now


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the web process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether the database and the broker answer: 200 if both do, else 503."""
    answers = {"database": _database_answers(), "broker": _broker_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=0, timeout=PATIENCE)
    except OperationalError:
        return False
    return True


class OwnPasswordForm(PasswordChangeForm):
    """Asks for the old password, which a browser left open does not know, and twice for the new one."""

    def save(self, commit: bool = True) -> User:
        """Change the password by the activity."""
        person: User = self.user
        return people.change_own_password(person, self.cleaned_data["new_password1"])


class OwnPasswordView(SuccessMessageMixin, PasswordChangeView):
    """The page on which every person changes their own password; elsewhere they are signed out by it."""

    form_class = OwnPasswordForm
    template_name = "registration/own_password.html"
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)
    success_message = gettext_lazy("Your password is changed. Wherever else you were signed in, you are signed out.")
