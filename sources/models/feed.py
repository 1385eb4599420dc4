"""A list of new addresses that a source keeps up to date."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source
from sources.vocabulary import Outcome
from workbench.models import User
from workbench.work import Work

FIRST_INTERVAL = timedelta(minutes=5)


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

    class Meta(Work.Meta):
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("sources:source", args=[self.source_id])
