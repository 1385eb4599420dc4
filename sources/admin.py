"""Sources and coverage in the Django admin: search, read and repair records; the rules stay in the activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sources.models import (
    Bringing,
    Capture,
    ChainLink,
    Change,
    DateSetting,
    Discovery,
    Document,
    DocumentAddress,
    Edit,
    EmbeddingModel,
    ExternalArchive,
    Feed,
    FetchAttempt,
    HostPolicy,
    PageRuling,
    Passage,
    PassageVector,
    Reading,
    ReadingVector,
    Rendering,
    RetentionRule,
    SameArticle,
    Source,
    SourceDomain,
    SourceName,
    Stamp,
    Standing,
    TextRemoval,
    Touch,
    Watch,
)
from sources.models.vocabulary import SourceAct
from sources.pages import media_admin, provider_admin, search_admin
from sources.pages.bringing_admin import BringingAdmin
from sources.registry import registering
from workbench.desk.refusal import Refusal
from workbench.pages.admin_site import RecordAdmin, RecordInline, WorkAdmin, words
from workbench.pages.forms import show_refusal


class NamesInline(RecordInline):
    model = SourceName
    shown = ("name", "language")


class DomainsInline(RecordInline):
    model = SourceDomain
    shown = ("host",)


class StandingsInline(RecordInline):
    model = Standing
    shown = ("reliability", "reason", "stated_by", "stated_at")


class SourceAdminForm(forms.ModelForm):
    """Asks the activity whether the source may have this name and owner, before anything is saved."""

    class Meta:
        model = Source
        fields = ("name", "kind", "language", "country", "description", "owner")

    def clean(self) -> dict[str, Any]:
        """Return what was written; refuse what the activity would refuse."""
        written = super().clean() or {}
        facts = {name: written.get(name) for name in ("name", "kind", "owner") if written.get(name)}
        try:
            registering.check(Source(pk=self.instance.pk, **facts))
        except Refusal as refusal:
            show_refusal(self, refusal)
        return written


CHANGES = {
    "source": SourceAct.GATHER,
    "sourcedomain": SourceAct.GATHER,
    "providersetting": SourceAct.SET_PROVIDERS,
    "sitesearch": SourceAct.GATHER,
}
provider_admin.register(admin.site)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceAdminForm
    editable = ("name", "kind", "language", "country", "description", "owner")
    list_display = [words("name", "language", label=_("name")), "kind", "language", "country", "added_by", "added_at"]
    list_filter = ["kind", "language"]
    list_select_related = ["added_by"]
    search_fields = ["word_index"]
    raw_id_fields = ["owner"]
    inlines = [NamesInline, DomainsInline, StandingsInline]

    def save_model(self, request: HttpRequest, obj: Source, form: forms.ModelForm, change: bool) -> None:
        """Change the source by the activity."""
        by: Any = request.user
        registering.change_source(obj, by=by, changed=form.changed_data)


@admin.register(SourceName)
class SourceNameAdmin(RecordAdmin):
    list_display = [words("name", "language", label=_("name")), "language", "source"]
    list_filter = ["language"]
    list_select_related = ["source"]
    search_fields = ["word_index", "source"]


@admin.register(SourceDomain)
class SourceDomainAdmin(RecordAdmin):
    editable = ("source",)
    list_display = ["host", "source"]
    list_select_related = ["source"]
    search_fields = ["word_index", "source"]
    raw_id_fields = ["source"]

    def save_model(self, request: HttpRequest, obj: SourceDomain, form: forms.ModelForm, change: bool) -> None:
        """Move the domain by the activity."""
        by: Any = request.user
        registering.move_domain(obj, by=by)


@admin.register(Standing)
class StandingAdmin(RecordAdmin):
    words_of_others = {"reason": "", "interests": ""}
    list_display = ["source", "reliability", words("reason", label=_("reason")), "stated_by", "stated_at"]
    list_filter = ["reliability", "stated_at"]
    list_select_related = ["source", "stated_by"]
    search_fields = ["word_index", "source"]


@admin.register(Feed)
class FeedAdmin(WorkAdmin):
    words_of_others = {"stopped_why": ""}
    list_display = ["url", "source", "last_outcome", "interval", "polled_at", "last_new_at", "stopped_by"]
    list_filter = ["last_outcome", "last_new_at", ("stopped_at", admin.EmptyFieldListFilter), "stopped_by"]
    list_select_related = ["source", "stopped_by"]
    search_fields = ["word_index", "source"]


@admin.register(Discovery)
class DiscoveryAdmin(WorkAdmin):
    list_display = ["url", "source", "last_outcome", "looked_at"]
    list_filter = ["last_outcome", "looked_at"]
    list_select_related = ["source"]
    search_fields = ["word_index", "source"]


@admin.register(HostPolicy)
class HostPolicyAdmin(RecordAdmin):
    words_of_others = {"note": ""}
    list_display = ["host", "delay", "denied", words("note"), "set_by", "set_at"]
    list_filter = ["denied", "set_at"]
    list_select_related = ["set_by"]
    search_fields = ["word_index"]


@admin.register(Document)
class DocumentAdmin(WorkAdmin):
    words_of_others = {"title": "language"}
    hidden = ("watched_since", "due_at")  # they tell that a claim cites the page, also one that the reader may not see
    list_display = [
        words("__str__", "language", label=_("document")),
        "host",
        "source",
        "last_outcome",
        "published_at",
        "found_at",
    ]
    list_filter = ["last_outcome", "language", "found_at"]
    list_select_related = ["source"]
    search_fields = ["word_index", "source"]


@admin.register(DocumentAddress)
class DocumentAddressAdmin(RecordAdmin):
    list_display = ["url", "kind", "document", "found_at"]
    list_filter = ["kind", "found_at"]
    list_select_related = ["document"]
    search_fields = ["word_index", "document"]


@admin.register(SameArticle)
class SameArticleAdmin(RecordAdmin):
    list_display = ["document", "article", "kind", "overlap", "found_at", "undone_at", "undone_by"]
    list_filter = ["kind", "found_at", "undone_at"]
    list_select_related = ["document", "article", "undone_by"]
    search_fields = ["document", "article"]


@admin.register(DateSetting)
class DateSettingAdmin(RecordAdmin):
    words_of_others = {"reason": ""}
    list_display = ["document", "published_at", "precision", words("reason"), "set_by", "set_at", "undone_by"]
    list_filter = ["set_at"]
    list_select_related = ["document", "set_by", "undone_by"]
    search_fields = ["document"]


@admin.register(FetchAttempt)
class FetchAttemptAdmin(RecordAdmin):
    list_display = ["document", "outcome", "status", "reason", "suspect", "confidence", "took", "at"]
    list_filter = ["outcome", "suspect", "at"]
    list_select_related = ["document"]
    search_fields = ["document", "=final_url"]


@admin.register(PageRuling)
class PageRulingAdmin(RecordAdmin):
    words_of_others = {"reason": ""}
    list_display = ["document", "outcome", "everywhere", words("reason"), "decided_by", "decided_at", "undone_at"]
    list_filter = ["outcome", "everywhere", "decided_at"]
    list_select_related = ["document", "decided_by"]
    search_fields = ["word_index", "document"]


@admin.register(Capture)
class CaptureAdmin(RecordAdmin):
    list_display = ["document", "taken_at", "size", "content_type", "sha256"]
    list_filter = ["taken_at"]
    list_select_related = ["document"]
    search_fields = ["=sha256", "document"]


@admin.register(ChainLink)
class ChainLinkAdmin(RecordAdmin):
    list_display = ["number", "capture", "hash"]
    list_select_related = ["capture__document"]
    search_fields = ["=hash", "=digest"]


@admin.register(Stamp)
class StampAdmin(WorkAdmin):
    list_display = ["head", "authority", "stamped_at", "opened_at"]
    list_filter = ["stamped_at"]
    list_select_related = ["head"]
    search_fields = ["=authority", "=head__hash"]


@admin.register(ExternalArchive)
class ExternalArchiveAdmin(WorkAdmin):
    list_display = ["document", "archive", "snapshot_at", "refusal", "asked_by", "asked_at"]
    list_filter = ["archive", "snapshot_at"]
    list_select_related = ["document", "asked_by"]
    search_fields = ["document"]


@admin.register(Reading)
class ReadingAdmin(WorkAdmin):
    words_of_others = {"title": "language", "byline": "language", "site_name": "language", "text": "language"}
    list_display = [
        words("__str__", "language", label=_("extracted text")),
        "reader",
        "outcome",
        "language",
        "published_at",
        "read_at",
    ]
    list_filter = ["outcome", "language", "reader"]
    list_select_related = ["capture__document"]
    search_fields = ["word_index", "=sha256", "capture__document"]


@admin.register(Passage)
class PassageAdmin(RecordAdmin):
    words_of_others = {"exact": "language", "prefix": "language", "suffix": "language"}
    list_display = [
        words("exact", "language", label=_("exact words")),
        words("reading", "reading__language", label=_("extracted text")),
        "language",
        "start",
        "end",
    ]
    list_filter = ["language"]
    list_select_related = ["reading__capture__document"]
    search_fields = ["id"]


@admin.register(Rendering)
class RenderingAdmin(WorkAdmin):
    list_display = ["document", "asked_by", "asked_at", "done_at", "problem"]
    list_filter = ["asked_at", "done_at"]
    list_select_related = ["document", "asked_by"]
    search_fields = ["document"]


admin.site.register(Bringing, BringingAdmin)
media_admin.register(admin.site)


@admin.register(PassageVector)
class PassageVectorAdmin(RecordAdmin):
    list_display = [words("passage", "passage__language", label=_("passage")), "model", "reason"]
    list_filter = ["model", "language"]
    list_select_related = ["passage"]
    search_fields = ["passage"]
    exclude = ["vector"]


@admin.register(ReadingVector)
class ReadingVectorAdmin(RecordAdmin):
    list_display = [words("reading", "reading__language", label=_("extracted text")), "model", "reason"]
    list_filter = ["model", "language"]
    list_select_related = ["reading__capture__document"]
    exclude = ["vector"]


@admin.register(EmbeddingModel)
class EmbeddingModelAdmin(WorkAdmin):
    list_display = ["name", "width", "through", "ready_at"]


search_admin.register(admin.site)


@admin.register(Watch)
class WatchAdmin(RecordAdmin):
    list_display = ["document", words("passage", "passage__language"), "cited_in", "asked_by", "asked_at"]
    list_filter = ["asked_at"]
    list_select_related = ["document", "passage", "asked_by"]
    search_fields = ["document", "passage"]


@admin.register(Change)
class ChangeAdmin(WorkAdmin):
    list_display = [words("__str__", "after__language"), "is_boring", "flags", "compared_at"]
    list_filter = ["is_boring", "compared_at"]
    list_select_related = ["after__capture__document"]
    search_fields = ["after__word_index", "after__capture__document"]


@admin.register(Edit)
class EditAdmin(RecordAdmin):
    words_of_others = {"old": "change__after__language", "new": "change__after__language"}
    list_display = [
        words("old", "change__after__language"),
        words("new", "change__after__language"),
        *["kind", "place", "flags", "is_boring"],
    ]
    list_filter = ["kind", "place", "is_boring"]
    list_select_related = ["change__after__capture__document"]
    search_fields = ["word_index"]


@admin.register(Touch)
class TouchAdmin(RecordAdmin):
    words_of_others = {"old": "passage__language", "new": "passage__language"}
    list_display = [words("old", "passage__language"), words("new", "passage__language"), "fate", "numbers"]
    list_filter = ["fate"]
    list_select_related = ["passage", "change__after__capture__document"]
    search_fields = ["word_index"]


@admin.register(RetentionRule)
class RetentionRuleAdmin(WorkAdmin):
    list_display = ["__str__", "once", "set_by", "set_at", "texts", "passages"]
    list_select_related = ["set_by"]


@admin.register(TextRemoval)
class TextRemovalAdmin(RecordAdmin):
    list_display = ["reading", "rule", "removed_at", "characters", "passages", "restored_at"]
    list_filter = ["removed_at", "restored_at"]
    list_select_related = ["reading__capture__document", "rule"]
