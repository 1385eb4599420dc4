"""What every page shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from workbench.roles import Act


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page needs: what this person may do, by name."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"may": {}}
    return {"may": {act.value: user.may(act) for act in Act}}
