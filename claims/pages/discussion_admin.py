"""Internal notes and personal links in the Django admin: read them; pages of the claim change them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import DiscussionNote, PersonalLink
from workbench.pages.admin_site import RecordAdmin, words

CLAIM = words("claim", "claim__language", label=_("claim"))


class DiscussionNoteAdmin(RecordAdmin):
    """Notes that this person may read: a review stays blind here too, and the words of a removed note are not shown."""

    words_of_others = {"text": ""}
    list_display = [words("text", label=_("words of the note")), CLAIM, "by", "at", "is_removal"]
    list_filter = ["at"]
    list_select_related = ["claim", "by"]
    search_fields = ["claim"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the notes this person may read, without the words of those that were removed."""
        person: Any = request.user
        shown = DiscussionNote.objects.readable_by(person).without_removed()
        return super().get_queryset(request).filter(pk__in=shown.values("pk"))


class PersonalLinkAdmin(RecordAdmin):
    words_of_others = {"question": "", "answer": ""}
    hidden = ("token_sha256",)
    list_display = ["to_whom", "kind", CLAIM, "asked_by", "asked_at", "due_on", "answered_at", "withdrawn_at"]
    list_filter = ["kind", "asked_at", "answered_at"]
    list_select_related = ["claim", "asked_by"]
    search_fields = ["claim"]


def register(site: admin.AdminSite) -> None:
    """Add notes and links to an admin site."""
    site.register(DiscussionNote, DiscussionNoteAdmin)
    site.register(PersonalLink, PersonalLinkAdmin)
