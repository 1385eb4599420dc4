"""Searches in the Django admin, with every answer and the documents that they found: to read, not to change."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sources.models import Search, SearchAnswer, SearchHit
from workbench.pages.admin_site import RecordAdmin, WorkAdmin, words

WORDS = words("search", "search__language", label=_("search"))


class SearchAdmin(WorkAdmin):
    words_of_others = {"words": "language"}
    list_display = [
        words("words", "language", label=_("words")),
        *["language", "engine", "asked_at", "answered_at", "found"],
    ]
    list_filter = ["engine", "language", "asked_at"]
    search_fields = ["word_index"]


class SearchAnswerAdmin(RecordAdmin):
    list_display = [WORDS, "found", "searched_through", "answered_at"]
    list_filter = ["answered_at"]
    list_select_related = ["search"]
    search_fields = ["search"]


class SearchHitAdmin(RecordAdmin):
    list_display = [WORDS, "document", "rank", "found_at"]
    list_filter = ["found_at"]
    list_select_related = ["search", "document"]
    search_fields = ["search", "document"]


def register(site: admin.AdminSite) -> None:
    """Add searches, their answers and their results to an admin site."""
    site.register(Search, SearchAdmin)
    site.register(SearchAnswer, SearchAnswerAdmin)
    site.register(SearchHit, SearchHitAdmin)
