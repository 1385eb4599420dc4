"""Context processor: what this person may do, and the main navigation, for the templates of every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject

from workbench.desk import declarations
from workbench.desk.four_eyes import let_in_by
from workbench.desk.row_address import page_address
from workbench.pages.notifications import number_new


@dataclass(frozen=True)
class ShownTab:
    """One entry of the main navigation, as the page needs it."""

    url: str
    label: Promise
    here: bool


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return what every page needs: what this person may do, by name, and the tabs of the navigation.

    ``let_in_by`` is asked for only where something waits for a second person: keys of people who gave them a link.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"may": {}, "tabs": []}
    may = {act.value: user.may(act) for act in declarations.acts()}
    here = request.resolver_match.view_name if request.resolver_match else ""
    tabs = [tab for tab in declarations.tabs() if may[tab.act.value]]
    shown = [ShownTab(page_address(tab.view), tab.label, tab.view == here) for tab in tabs]
    lazily: dict[str, Callable[[], Any]] = {
        "let_in_by": partial(let_in_by, user),
        "new_notifications": partial(number_new, request),
    }
    return {"may": may, "tabs": shown, **{name: SimpleLazyObject(find) for name, find in lazily.items()}}
