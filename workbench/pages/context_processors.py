"""What every page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workbench.desk.roles import Act

# The main navigation: the name of the page, its label, and what a person must be allowed to see it.
TABS: list[tuple[str, Promise, Act]] = [
    ("claims:queue", _("Queue"), Act.READ),
    ("claims:claims", _("Claims"), Act.READ),
    ("claims:log_claim", _("Log a claim"), Act.LOG_CLAIM),
    ("sources:sources", _("Sources"), Act.READ),
    ("sources:documents", _("Documents"), Act.READ),
    ("sources:searches", _("Searches"), Act.READ),
    ("claims:reports", _("Reports"), Act.READ),
    ("trouble", _("Work in trouble"), Act.READ),
    ("log", _("Log"), Act.READ_LOG),
    ("admin:index", _("Records"), Act.USE_ADMIN),
]


@dataclass(frozen=True)
class Tab:
    """One entry of the main navigation, as the page needs it."""

    url: str
    label: Promise
    here: bool


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page needs: what this person may do, by name, and where one can go."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"may": {}, "tabs": []}
    may = {act.value: user.may(act) for act in Act}
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {"may": may, "tabs": [Tab(reverse(name), label, name == here) for name, label, act in TABS if may[act]]}
