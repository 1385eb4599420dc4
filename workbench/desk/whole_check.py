"""A check of the whole log that somebody asked for: how far it has come, and what it found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User
from workbench.desk.work_queue import Work


class WholeCheck(Work):
    """A check of the whole log. Its work is to go on from a place, until everything was looked at."""

    task = "workbench.tasks.check_log"

    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("requested by"))
    asked_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    language = models.CharField(_("language"), max_length=10, editable=False)
    part = models.CharField(_("part"), max_length=20, blank=True, editable=False)  # of the check; empty before it began
    place = models.TextField(_("place"), blank=True, editable=False)  # in this part
    rows = models.PositiveBigIntegerField(_("rows checked"), default=0, editable=False)
    errors = models.PositiveIntegerField(_("errors"), default=0, editable=False)
    faults = models.JSONField(_("first errors"), default=list, editable=False)  # as of log_checking
    done_at = models.DateTimeField(_("done at"), null=True, editable=False)

    class Meta(Work.Meta):
        verbose_name = _("check of the log")
        verbose_name_plural = _("checks of the log")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(done_at=None), name="log_check_one_open_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at}"
