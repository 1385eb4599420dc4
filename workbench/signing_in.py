"""Sign people in, and answer Django's questions about what they may do from the table of roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from workbench.roles import ADMIN_CHANGES, Act


class RoleBackend(ModelBackend):
    """Answers Django's questions about permissions from the table of roles; groups are not used."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Say whether a user has ``app.action_model``, as the Django admin asks it."""
        if not user_obj.is_active or obj is not None:
            return False
        app, _dot, codename = perm.partition(".")
        action, _underscore, model = codename.partition("_")
        if action == "view":
            return bool(user_obj.may(Act.USE_ADMIN))
        change = ADMIN_CHANGES.get((app, model))
        return action in {"add", "change"} and change is not None and bool(user_obj.may(change))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Say whether a user may look at an app in the admin."""
        return bool(user_obj.is_active and user_obj.may(Act.USE_ADMIN))
