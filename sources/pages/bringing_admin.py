"""Files that people brought in the Django admin: read them, and go to the page that brings more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from sources.models.vocabulary import SourceAct
from workbench.pages.admin_site import RecordAdmin, words


class BringingAdmin(RecordAdmin):
    """Who brought which file, and when; adding one leads to the page that takes files."""

    list_display = [
        words("file_name", label=_("name of the file")),
        "media_type",
        "by",
        "given_by",
        "at",
        "said_url",
        "instead_of",
    ]
    list_filter = ["media_type", "at"]
    list_select_related = ["by", "instead_of"]
    search_fields = ["instead_of"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may bring files."""
        return request.user.is_authenticated and request.user.may(SourceAct.GATHER)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page that takes files, which also shows how they come up."""
        return redirect("sources:bring")
