"""A list of new addresses that a source keeps up to date."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source
from sources.vocabulary import Outcome
from workbench.models import User
from workbench.work import Work, WorkQuerySet

FIRST_INTERVAL = timedelta(minutes=5)
SILENCE = timedelta(days=7)  # an outlet that publishes has something new within a week; otherwise its feed has moved


class FeedQuerySet(WorkQuerySet):
    def silent(self) -> Self:
        """Feeds that answer and have named nothing new for long: the publisher may have moved on."""
        return (
            self.filter(trouble="")
            .alias(quiet_since=Coalesce("last_new_at", "added_at"))
            .filter(quiet_since__lt=timezone.now() - SILENCE)
        )


class Feed(Work):
    """An RSS, Atom or JSON feed or a sitemap. Its work is to be polled."""

    task = "sources.tasks.poll_feeds"

    source = models.ForeignKey(Source, models.CASCADE, related_name="feeds", verbose_name=_("source"))
    url = models.URLField(_("address"), max_length=2048, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True, editable=False)
    interval = models.DurationField(_("interval"), default=FIRST_INTERVAL)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    last_outcome = models.CharField(_("last outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    polled_at = models.DateTimeField(_("polled at"), null=True, blank=True, editable=False)
    last_new_at = models.DateTimeField(_("last new address at"), null=True, blank=True, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = FeedQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        """Return where the feed stands on its source's page."""
        return reverse("sources:source", args=[self.source_id]) + f"#feed-{self.pk}"

    @property
    def is_silent(self) -> bool:
        """Whether this feed answers and has named nothing new for long."""
        return not self.trouble and (self.last_new_at or self.added_at) < timezone.now() - SILENCE
