"""Sign-in: permissions for Django from the table of roles, and the client address for the login lockout."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from workbench.desk import declarations
from workbench.desk.vocabulary import DeskAct


class RoleBackend(ModelBackend):
    """Answers Django's questions about permissions from the table of roles; groups are not used."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Say whether a user has ``app.action_model``, as the Django admin asks it."""
        if not user_obj.is_active or obj is not None:
            return False
        app, _dot, codename = perm.partition(".")
        action, _underscore, model = codename.partition("_")
        if action == "view":
            return bool(user_obj.may(DeskAct.USE_ADMIN))
        change = declarations.admin_changes().get((app, model))
        return action in {"add", "change"} and change is not None and bool(user_obj.may(change))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Say whether a user may look at an app in the admin."""
        return bool(user_obj.is_active and user_obj.may(DeskAct.USE_ADMIN))


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, for counting wrong passwords; behind a proxy, the address the proxy saw.

    Only the last hop of X-Forwarded-For comes from the proxy itself; anybody may write the hops before it
    (RFC 7239, section 8.1).
    """
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.HTTPS else ""
    try:
        return str(ip_address(last))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))
