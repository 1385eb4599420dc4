"""Proposals that take two people in the Django admin: read them, and agree, decline or take back by the activities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import action
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from workbench.desk.roles import Act
from workbench.pages.admin_site import RecordAdmin
from workbench.pages.http import Request

PEOPLE = ["state", "proposed_by", "proposed_at", "second", "answered_at"]


class ProposalAdmin(RecordAdmin):
    """Proposals of one kind. ``agreeing`` and ``declining`` are its activities, ``second`` the act that agrees."""

    second: Act
    agreeing: Callable[..., Any]
    declining: Callable[..., Any]
    words_of_others = {"waiver": ""}
    list_filter = ["state", "proposed_at"]
    list_select_related = ["proposed_by", "second"]
    actions = ["agree", "decline"]

    def has_agree_permission(self, request: Request) -> bool:
        """Say whether a person may be the second one."""
        return request.user.may(self.second)

    @action(description=_("Agree, as the second person"), permissions=["agree"])
    def agree(self, request: Request, rows: QuerySet[Any]) -> None:
        """Agree to the chosen proposals of others; what they propose is done at once."""
        agreeing = type(self).agreeing
        self.each(request, rows, lambda row: agreeing(row, by=request.user))

    @action(description=_("Decline, or take your own proposal back"), permissions=["view"])
    def decline(self, request: Request, rows: QuerySet[Any]) -> None:
        """Decline the chosen proposals, or take one's own back."""
        declining = type(self).declining
        self.each(request, rows, lambda row: declining(row, by=request.user))
