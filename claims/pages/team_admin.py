"""Plans, invitations, tags, cases and checklists in the Django admin; editors write the lines of checklists there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import CaseItem, ChecklistItem, ChecklistTick, ClaimPlan, ClaimTag, DeskCase, ReviewInvitation
from claims.models.vocabulary import ClaimType
from claims.team import ticking
from workbench.pages.admin_site import RecordAdmin, words

CLAIM = words("claim", "claim__language", label=_("claim"))
SET = ("by", "at", "ended_by", "ended_at")


class EndingRowAdmin(RecordAdmin):
    """Rows that one act adds and another ends."""

    list_filter = ["at"]
    followed: tuple[str, ...] = ("claim",)
    search_fields = ["claim"]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Return the relations that a list loads: who set each row and who ended it, and those of each kind."""
        return ["by", "ended_by", *self.followed]


class ClaimPlanAdmin(EndingRowAdmin):
    list_display = [CLAIM, "owner", "due_on", "priority", *SET]
    list_filter = ["priority", "due_on"]
    followed = ("claim", "owner")


class ReviewInvitationAdmin(EndingRowAdmin):
    list_display = [CLAIM, "person", *SET]
    followed = ("claim", "person")


class ClaimTagAdmin(EndingRowAdmin):
    words_of_others = {"name": ""}
    list_display = [words("name", label=_("tag")), CLAIM, *SET]
    search_fields = ["=name", "claim"]


class ChecklistTickAdmin(EndingRowAdmin):
    list_display = [words("item", label=_("line")), CLAIM, *SET]
    followed = ("claim", "item")


class CaseItemAdmin(EndingRowAdmin):
    words_of_others = {"tag": ""}
    list_display = ["case", CLAIM, words("source", "source__language", label=_("source")), "tag", *SET]
    list_filter = ["case"]
    followed = ("case", "claim", "source")


class DeskCaseAdmin(RecordAdmin):
    words_of_others = {"name": "", "about": ""}
    list_display = [words("name", label=_("name")), "is_closed", "opened_by", "opened_at"]
    list_filter = ["is_closed"]
    list_select_related = ["opened_by"]
    search_fields = ["=name"]


class ChecklistItemAdmin(RecordAdmin):
    """Lines of checklists. Other words make a new line, so that ticks stay with the words they were for."""

    editable = ("type", "text", "position", "in_use")
    list_display = ["text", "type", "position", "in_use", "made_by", "made_at"]
    list_filter = ["type", "in_use"]
    list_select_related = ["made_by"]
    search_fields = ["=text"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may add a line."""
        return self.has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what cannot be changed: the type of claim of a line that is there."""
        return [*super().get_readonly_fields(request, obj), *(["type"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: ChecklistItem, form: Any, change: bool) -> None:
        """Add or change a line by the activity."""
        by: Any = request.user
        given = form.cleaned_data
        if change:
            saved = ticking.change_item(
                obj, by=by, text=given["text"], position=given["position"], in_use=given["in_use"]
            )
        else:
            saved = ticking.add_item(ClaimType(given["type"]), given["text"], given["position"], by=by)
        obj.pk, obj.text, obj.in_use = saved.pk, saved.text, saved.in_use


ADMINS: dict[Any, Any] = {
    ClaimPlan: ClaimPlanAdmin,
    ReviewInvitation: ReviewInvitationAdmin,
    ClaimTag: ClaimTagAdmin,
    DeskCase: DeskCaseAdmin,
    CaseItem: CaseItemAdmin,
    ChecklistItem: ChecklistItemAdmin,
    ChecklistTick: ChecklistTickAdmin,
}
