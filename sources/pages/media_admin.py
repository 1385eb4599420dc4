"""Pictures, near-copies and marked places in the Django admin: search and read them."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from sources.models import MarkedPlace, NearCopy, Picture
from workbench.pages.admin_site import RecordAdmin, words


class PictureAdmin(RecordAdmin):
    list_display = [words("capture__document", label=_("document")), "width", "height", "pdq", "quality"]
    list_select_related = ["capture__document"]


class NearCopyAdmin(RecordAdmin):
    list_display = ["picture", "other", "distance", "state", "decided_by", "decided_at"]
    list_filter = ["state", "found_at"]
    list_select_related = ["picture__capture__document", "other__capture__document", "decided_by"]


class MarkedPlaceAdmin(RecordAdmin):
    list_display = [words("passage", "passage__language", label=_("note")), "__str__", "by", "at"]
    list_filter = ["at"]
    list_select_related = ["passage", "by"]


def register(site: AdminSite) -> None:
    """Add pictures, near-copies and marked places to an admin site."""
    site.register(Picture, PictureAdmin)
    site.register(NearCopy, NearCopyAdmin)
    site.register(MarkedPlace, MarkedPlaceAdmin)
