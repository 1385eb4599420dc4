"""Search providers: how the desk set each one up, every request sent to it, and what it may still cost today."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models.search import Search
from sources.models.source import Source
from sources.models.vocabulary import Engine, ProviderOutcome
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.work_queue import Work, WorkQuerySet

WORDS = "{words}"  # where the words of a search go in the address of a site's own search
DIGITS, PLACES = 10, 4  # of an amount of money, in whatever currency the desk counts


def today_began(now: datetime | None = None) -> datetime:
    """Return when the present day began. Quotas of providers count days in UTC."""
    return (now or timezone.now()).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


class ProviderQuerySet(WorkQuerySet):
    def with_today(self) -> ProviderQuerySet:
        """Providers with ``sent``, the requests of today, and ``spent``, what they cost."""
        today = models.Q(requests__asked_at__gte=today_began())
        rows: ProviderQuerySet = self.annotate(
            sent=models.Count("requests", filter=today),
            spent=models.Sum("requests__cost", filter=today, default=Decimal(0)),
        )
        return rows

    def in_use(self) -> ProviderQuerySet:
        """Providers that the desk has switched on."""
        return self.filter(is_on=True)


class ProviderSetting(Work):
    """A search provider as the desk set it up; off until somebody does. One that is polled is work of its own."""

    task = "sources.tasks.poll_providers"

    engine = models.CharField(_("provider"), max_length=20, choices=Engine, unique=True)
    is_on = models.BooleanField(_("in use"), default=False)
    address = models.CharField(_("address of the server"), max_length=2048, blank=True)
    scope = models.CharField(_("searched in"), max_length=200, blank=True)
    locked_key = models.TextField(_("key, encrypted"), blank=True, editable=False)
    daily_quota = models.PositiveIntegerField(_("requests a day"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost of a request"),
        max_digits=DIGITS,
        decimal_places=PLACES,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    daily_budget = models.DecimalField(
        _("budget for a day"),
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"), editable=False)
    set_at = models.DateTimeField(_("set at"), auto_now=True)
    rest_until = models.DateTimeField(_("next request at"), null=True, blank=True, editable=False)
    polled_to = models.DateTimeField(_("read up to"), null=True, blank=True, editable=False)
    records_read = models.PositiveIntegerField(_("records read"), default=0, editable=False)
    etag = models.CharField(max_length=200, blank=True, editable=False)

    objects = ProviderQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("search provider")
        verbose_name_plural = _("search providers")
        ordering = ["engine"]
        indexes = [*Work.Meta.indexes]
        constraints = [
            models.CheckConstraint(condition=models.Q(engine__in=Engine.values), name="provider_known"),
        ]

    def __str__(self) -> str:
        return self.get_engine_display()

    @property
    def has_key(self) -> bool:
        """Whether a key is kept; nobody can read it back."""
        return bool(self.locked_key)


class ProviderRequest(models.Model):
    """One request to a provider: counted before it is sent, and told once how it ended. Never removed."""

    provider = models.ForeignKey(
        ProviderSetting, models.PROTECT, related_name="requests", verbose_name=_("provider"), db_index=False
    )
    search = models.ForeignKey(Search, models.PROTECT, null=True, related_name="requests", verbose_name=_("search"))
    query = models.TextField(_("request"))  # the address asked, without the key
    cost = models.DecimalField(_("cost"), max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=ProviderOutcome, default=ProviderOutcome.PENDING, editable=False
    )
    reason = models.TextField(_("reason"), blank=True, editable=False)
    results = models.PositiveIntegerField(_("results"), null=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("request to a provider")
        verbose_name_plural = _("requests to providers")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index("provider", "asked_at", name="request_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=ProviderOutcome.values), name="request_outcome_known"
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("provider_id", "search_id", "query", "cost", "asked_at"),
            frozen("outcome", "reason", "results", "sha256", once="OLD.outcome <> 'pending'", name="ended_once"),
        ]

    def __str__(self) -> str:
        return labelled(self.provider, self.get_outcome_display())


class SiteSearch(models.Model):
    """How the site of a source is searched: an address of its own search that answers with a feed, or its sitemap."""

    source = models.OneToOneField(Source, models.PROTECT, related_name="site_search", verbose_name=_("source"))
    address = models.CharField(
        _("address"),
        max_length=2048,
        help_text=_("With {words} where the words go, such as https://example.org/search/{words}/feed. Or a sitemap."),
    )
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"), editable=False)
    set_at = models.DateTimeField(_("set at"), auto_now=True)

    class Meta:
        verbose_name = _("search of a site")
        verbose_name_plural = _("searches of sites")
        ordering = ["pk"]

    def __str__(self) -> str:
        return labelled(self.source, self.address)

    @property
    def is_sitemap(self) -> bool:
        """Whether the site names all its pages, and the words are looked for in their titles and addresses."""
        return WORDS not in self.address
