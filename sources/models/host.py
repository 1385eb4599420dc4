"""Site rules: how often a host is visited, or never."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User
from workbench.desk.word_search import Searchable, WordsField


class HostPolicyQuerySet(models.QuerySet["HostPolicy"]):
    def of_host(self, host: str) -> HostPolicy | None:
        """The policy for a host: its own, or that of the nearest domain above it."""
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        labels = name.split(".")
        above = [".".join(labels[start:]) for start in range(len(labels))]
        return self.filter(host__in=[host, *above]).order_by(Length("host").desc()).first()


class HostPolicy(Searchable):
    """The rule of the desk for a host and its subdomains: the time between visits, or never to visit it."""

    host = models.CharField(_("site"), max_length=260, unique=True)
    delay = models.DurationField(_("time between visits"), null=True, blank=True)
    denied = models.BooleanField(_("do not visit"), default=False)
    note = models.TextField(_("why"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"), auto_now=True)
    word_index = WordsField("host", "note")

    objects = HostPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("site rule")
        verbose_name_plural = _("site rules")
        ordering = ["host"]
        indexes = [GinIndex("word_index", name="hostpolicy_words")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="host_policy_says_why"),
            models.CheckConstraint(
                condition=models.Q(delay=None) | models.Q(delay__gt=timedelta()), name="host_policy_delay_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.host

    def get_absolute_url(self) -> str:
        """Return the address of the policy in the list."""
        return reverse("sources:hosts") + f"#host-{self.pk}"

    @property
    def seconds(self) -> float | None:
        """Return the seconds between visits, or None for the usual ones."""
        return self.delay.total_seconds() if self.delay is not None else None
