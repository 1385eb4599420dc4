"""The second step of signing in: a page that asks for the code alone, once name and password were right."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import user_login_failed
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import CharField, Form, HiddenInput
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workbench.desk import two_step_setting
from workbench.desk.models import User
from workbench.pages.two_step import OneTimeCode

TICKET = "ticket"
SALT = "the second step of a sign-in"
LASTS = 300  # seconds to open an authenticator app and type its code
BACKEND = "workbench.desk.sign_in.RoleBackend"


def ticket(person: User) -> str:
    """Return what shows for five minutes that this person has given the right password; a new password ends it."""
    return signing.dumps({"person": person.pk, "hash": person.get_session_auth_hash()}, salt=SALT)


def refuse_code(request: HttpRequest | None, person: User) -> ValidationError:
    """Count a wrong code as a wrong password is counted, and return what the form says."""
    user_login_failed.send(sender=__name__, credentials={"username": person.username}, request=request)
    text = _("Type the code that your authenticator app shows now, or a recovery code. Each works once.")
    return ValidationError({"code": ValidationError(text, code="wrong_code")})


class CodeForm(Form):
    """Asks for the code of a person whose name and password were right; the ticket says who that is."""

    ticket = CharField(widget=HiddenInput, max_length=2_000)
    code = OneTimeCode(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("The code that your authenticator app shows now, or one of your recovery codes."),
    )

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: User | None = None
        self.fields["code"].widget.attrs["autofocus"] = True

    def get_user(self) -> User | None:
        """Return who has given the right code."""
        return self.person

    def clean(self) -> dict[str, Any]:
        """Check the ticket, and then the code."""
        cleaned: dict[str, Any] = super().clean() or {}
        person = _holder(cleaned.get("ticket", ""))
        if person is None:
            text = _("Name and password were entered more than five minutes ago. Enter them again.")
            raise ValidationError(text, code="expired")
        if cleaned.get("code"):
            allowed = AxesProxyHandler.is_allowed(self.request, {"username": person.username})
            if not allowed or not two_step_setting.accept(person, cleaned["code"]):
                raise refuse_code(self.request, person)
            self.person = person
        return cleaned


def _holder(given: str) -> User | None:
    """Return whose ticket this is; None where it is forged or too old, or the account was closed since."""
    try:
        said = signing.loads(given, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=said["person"], is_active=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), said["hash"]):
        return None
    person.backend = BACKEND
    return person
