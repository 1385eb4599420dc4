"""Feeds (RSS, Atom, JSON Feed, sitemaps), and discoveries of feeds on home pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source
from sources.models.vocabulary import Outcome
from workbench.desk.models import User
from workbench.desk.row_address import row_address
from workbench.desk.word_search import FoundByWords, Searchable, WordsField
from workbench.desk.work_queue import Work, WorkQuerySet

FIRST_INTERVAL = timedelta(minutes=5)
SILENCE = timedelta(days=7)  # an active outlet publishes within a week; otherwise its feed has moved


class FeedQuerySet(FoundByWords, WorkQuerySet):
    word_places = ("word_index", "source")  # title and address, or a name of its source

    def for_list(self) -> Self:
        """Feeds with what a list shows of each, those with a problem first."""
        failing_first = models.Case(
            models.When(trouble="", then=models.Value(1)),
            default=models.Value(0),
            output_field=models.IntegerField(),
        )
        rows = self.select_related("source", "stopped_by")
        return rows.annotate(failing_first=failing_first).order_by("failing_first", "url", "pk")

    def silent(self) -> Self:
        """Feeds that answer and have named nothing new for a week: the publisher may have moved.

        Without indexes, which name no articles, and sitemaps that are no longer among the newest of their index.
        """
        return (
            self.filter(trouble="", is_followed=True, stopped_at=None)
            .exclude(kind="sitemap_index")
            .alias(quiet_since=Coalesce("last_new_at", "added_at"))
            .filter(quiet_since__lt=timezone.now() - SILENCE)
        )


class Feed(Searchable, Work):
    """An RSS, Atom or JSON feed or a sitemap. Its work is to be polled.

    A sitemap index has the sitemaps that it names as its ``children``, of which only the newest are followed.
    """

    task = "sources.tasks.poll_feeds"

    source = models.ForeignKey(Source, models.CASCADE, related_name="feeds", verbose_name=_("source"))
    url = models.URLField(_("address"), max_length=2048, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, blank=True, editable=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="children", verbose_name=_("listed in")
    )
    is_followed = models.BooleanField(_("followed"), default=True, editable=False)
    interval = models.DurationField(_("interval"), default=FIRST_INTERVAL)
    validated_url = models.CharField(max_length=2048, blank=True, editable=False)  # gave the next two
    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    # Some servers always answer “not modified”: we no longer send them conditional requests.
    is_conditional = models.BooleanField(_("fetched only if changed"), default=True, editable=False)
    read_at = models.DateTimeField(_("last read at"), null=True, blank=True, editable=False)
    is_capped = models.BooleanField(_("longer than we read"), default=False, editable=False)
    without_page = models.PositiveIntegerField(_("items of sound or video alone"), default=0, editable=False)
    is_aggregator = models.BooleanField(_("passes on articles of others"), default=False, editable=False)
    last_outcome = models.CharField(_("last outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    polled_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)
    last_new_at = models.DateTimeField(_("newest address found at"), null=True, blank=True, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    # A feed that a person stopped is not polled until a person resumes it.
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True, editable=False)
    stopped_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("stopped by")
    )
    stopped_why = models.TextField(_("reason for stopping"), blank=True, editable=False)
    word_index = WordsField("title", "url")

    objects = FeedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["url"]
        indexes = [*Work.Meta.indexes, GinIndex("word_index", name="feed_words")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stopped_at=None, stopped_by=None, stopped_why="")
                | models.Q(stopped_at__isnull=False, stopped_by__isnull=False) & ~models.Q(stopped_why=""),
                name="feed_stopped_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        """Return the address of the feed on its source's page."""
        return row_address("sources:source", self.source_id) + f"#feed-{self.pk}"

    @property
    def is_silent(self) -> bool:
        """Whether this feed answers and has named nothing new for a week."""
        names_nothing = self.trouble or self.kind == "sitemap_index" or not self.is_followed or self.stopped_at
        return not names_nothing and (self.last_new_at or self.added_at) < timezone.now() - SILENCE


class Discovery(Searchable, Work):
    """A search for feeds on one home page and in its robots.txt. Its work is done once each time a person asks."""

    task = "sources.tasks.look_for_feeds"

    source = models.ForeignKey(Source, models.CASCADE, related_name="discoveries", verbose_name=_("source"))
    url = models.URLField(_("address"), max_length=2048)
    found = models.JSONField(_("found"), default=list, blank=True, editable=False)
    looked_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)
    last_outcome = models.CharField(_("last outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    word_index = WordsField("url")

    objects = WorkQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("feed discovery")
        verbose_name_plural = _("feed discoveries")
        ordering = ["url"]
        indexes = [*Work.Meta.indexes, GinIndex("word_index", name="discovery_words")]
        constraints = [models.UniqueConstraint("source", "url", name="discovery_once_per_source_and_address")]

    def __str__(self) -> str:
        return self.url
