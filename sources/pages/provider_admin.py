"""Search providers in the Django admin: switch them on, enter keys, quotas and budgets; and what was sent to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.gathering import providing
from sources.gathering.providers.registry import PROVIDERS
from sources.gathering.providing import SetUp
from sources.models import FactCheck, ProviderRequest, ProviderSetting, SiteSearch
from sources.models.vocabulary import Engine
from sources.registry import site_searches
from workbench.pages.admin_site import RecordAdmin, WorkAdmin, words
from workbench.pages.templatetags.log_words import told

FIELDS = ("engine", "is_on", "address", "scope", "key", "forget_key", "daily_quota", "cost", "daily_budget")
TRIED = "tried"  # in the address of a page that waits for the answer
LONGEST_WAIT = timedelta(minutes=1)
CHOICES = [(engine.value, Engine(engine).label) for engine in PROVIDERS]


class ProviderForm(forms.ModelForm):
    """How a provider is set up. A key can be entered, and never be read back."""

    key = forms.CharField(
        label=_("New key"),
        required=False,
        max_length=1_000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again. Leave it empty to keep the present key."),
    )
    forget_key = forms.BooleanField(label=_("Remove the present key"), required=False)

    class Meta:
        model = ProviderSetting
        fields = ("engine", "is_on", "address", "scope", "daily_quota", "cost", "daily_budget")
        help_texts = {
            "address": _(
                "Empty: the server of the provider itself. SearXNG needs your own, as https://searxng.example.org/."
            ),
            "scope": _("Collections of Media Cloud, or categories of SearXNG, with commas between."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "engine" in self.fields:
            engine: Any = self.fields["engine"]
            engine.choices = CHOICES
        if self.instance.pk and self.instance.trouble and not self.is_bound and "address" in self.fields:
            problem = _("When we last tried it: %(problem)s") % {"problem": told(self.instance.trouble)}
            self._errors = ErrorDict(address=self.error_class([problem]))

    def set_up(self) -> SetUp:
        """Return what was entered, as the activity takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        return SetUp(**{"engine": Engine(given.pop("engine", "") or self.instance.engine), **given})


class ProviderSettingAdmin(WorkAdmin):
    """The providers; whoever may set them adds one, and changes it by the same form. None is ever removed."""

    form = ProviderForm
    editable = FIELDS
    hidden = ("locked_key",)
    list_display = ["engine", "is_on", "address", "with_key", "sent", "daily_quota", "spent", "daily_budget"]
    list_filter = ["is_on"]
    list_select_related = ["set_by"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **how: Any
    ) -> Any:
        """Show the form with how the provider answered last; while it is being tried, the page reloads."""
        if obj is not None:
            context["waiting"] = TRIED in request.GET and _is_waiting(obj)
            context["last_request"] = obj.requests.order_by("-pk").first()
        return super().render_change_form(request, context, *args, obj=obj, **how)

    def response_add(self, request: HttpRequest, obj: Any, *_more: Any, **_how: Any) -> HttpResponse:
        """Return to the page of the provider, which says how it answered."""
        return self._to_page(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Return to the page of the provider, which says how it answered."""
        return self._to_page(request, obj)

    def _to_page(self, request: HttpRequest, obj: ProviderSetting) -> HttpResponse:
        self.message_user(request, _("The provider is saved."), messages.SUCCESS)
        return redirect(f"{reverse('admin:sources_providersetting_change', args=[obj.pk])}?{TRIED}")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may set up a provider that the desk has not used yet."""
        return self.has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields of the form, then what workers note; for people who may only look, the columns."""
        if not self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        return [*FIELDS, *(["terms", *self.get_readonly_fields(request, obj)] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what the form does not change; which provider it is stays as it is."""
        if not obj and self.has_change_permission(request, obj):
            return []
        kept = ["terms", *super().get_readonly_fields(request, obj)]
        return ["engine", *kept] if self.has_change_permission(request, obj) else kept

    def save_model(self, request: HttpRequest, obj: ProviderSetting, form: Any, change: bool) -> None:
        """Save the provider by the activity."""
        by: Any = request.user
        obj.pk = providing.set_up(form.set_up(), by=by).pk

    @admin.display(description=_("key"))
    def with_key(self, row: ProviderSetting) -> str:
        """Say whether a key is kept, and nothing of it."""
        return str(_("entered")) if row.has_key else "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the providers with what was sent and spent today."""
        rows: Any = super().get_queryset(request)
        return rows.with_today()

    @admin.display(description=_("sent today"))
    def sent(self, row: Any) -> int:
        """Return how many requests were sent today."""
        number: int = row.sent
        return number

    @admin.display(description=_("spent today"))
    def spent(self, row: Any) -> str:
        """Return what the requests of today cost."""
        return f"{row.spent:f}"

    @admin.display(description=_("terms"))
    def terms(self, row: ProviderSetting) -> str:
        """Return what a desk should know before it uses the provider."""
        return str(PROVIDERS[Engine(row.engine)].terms)


def _is_waiting(setting: ProviderSetting) -> bool:
    """Say whether a worker is still to say how the provider answers; after a minute the page waits no longer."""
    now = timezone.now()
    if not setting.is_on or setting.trouble or setting.set_at < now - LONGEST_WAIT:
        return False
    return setting.leased_until is not None or (setting.due_at is not None and setting.due_at <= now)


class ProviderRequestAdmin(RecordAdmin):
    """The requests that were sent, each with how it ended."""

    list_display = ["provider", "asked_at", "outcome", "results", "cost", words("query"), words("reason")]
    list_filter = ["outcome", "provider", "asked_at"]
    list_select_related = ["provider"]


class SiteSearchForm(forms.ModelForm):
    class Meta:
        model = SiteSearch
        fields = ("source", "address")


class SiteSearchAdmin(RecordAdmin):
    """How the sites of sources are searched."""

    form = SiteSearchForm
    editable = ("source", "address")
    list_display = ["source", "address", "set_by", "set_at"]
    list_select_related = ["source", "set_by"]
    raw_id_fields = ["source"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may say how a site is searched."""
        return self.has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields of the form, then who filled it in."""
        return super().get_fields(request, obj) if obj else list(self.editable)

    def save_model(self, request: HttpRequest, obj: SiteSearch, form: Any, change: bool) -> None:
        """Save the search of the site by the activity."""
        by: Any = request.user
        obj.pk = site_searches.set_site_search(obj.source, obj.address, by=by).pk


class FactCheckAdmin(RecordAdmin):
    words_of_others = {"claim": "language", "title": "language", "rating": "language"}
    hidden = ("vector", "vector_model")
    list_display = [
        words("claim", "language", label=_("claim checked")),
        *["language", "publisher", "rating", "reviewed_at"],
    ]
    list_filter = ["language", "found_at"]
    search_fields = ["word_index"]


def register(site: admin.AdminSite) -> None:
    """Add what lies beyond the desk to an admin site."""
    site.register(ProviderSetting, ProviderSettingAdmin)
    site.register(ProviderRequest, ProviderRequestAdmin)
    site.register(SiteSearch, SiteSearchAdmin)
    site.register(FactCheck, FactCheckAdmin)
