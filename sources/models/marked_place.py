"""Places that people marked in pictures and recordings: a region or a time range, beside the passage that it is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.language import clock_times
from sources.models.passage import Passage
from workbench.desk.guards import append_only
from workbench.desk.models import User

WHOLE = 1000  # places in a picture are thousandths of its width and height
REGION, TIME = ("left", "top", "width", "height"), ("begins", "ends")


def _given(*names: str, given: bool) -> Q:
    return Q(**{f"{name}__isnull": not given for name in names})


class MarkedPlace(models.Model):
    """Where in a picture or recording a passage is, whose text is the note of the person who marked it. Append-only."""

    passage = models.OneToOneField(Passage, models.PROTECT, related_name="marked", verbose_name=_("passage"))
    left = models.PositiveSmallIntegerField(_("from the left (‰)"), null=True)
    top = models.PositiveSmallIntegerField(_("from the top (‰)"), null=True)
    width = models.PositiveSmallIntegerField(_("width (‰)"), null=True)
    height = models.PositiveSmallIntegerField(_("height (‰)"), null=True)
    begins = models.PositiveIntegerField(_("begins (ms)"), null=True)
    ends = models.PositiveIntegerField(_("ends (ms)"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("marked by"))
    at = models.DateTimeField(_("marked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("marked place")
        verbose_name_plural = _("marked places")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(_given(*REGION, given=True) & _given(*TIME, given=False))
                | (_given(*REGION, given=False) & _given(*TIME, given=True)),
                name="marked_region_or_time",
            ),
            models.CheckConstraint(
                condition=Q(left=None)
                | Q(width__gte=1, height__gte=1, width__lte=WHOLE - F("left"), height__lte=WHOLE - F("top")),
                name="marked_region_within_the_picture",
            ),
            models.CheckConstraint(condition=Q(begins=None) | Q(ends__gte=F("begins")), name="marked_time_in_order"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.label

    @property
    def region(self) -> tuple[int, ...]:
        """The marked region as left, top, width and height in ‰; empty for a time range."""
        values = (self.left, self.top, self.width, self.height)
        return tuple(value for value in values if value is not None)

    @property
    def label(self) -> str:
        """What a page and a report call the place: “marked region”, or from when to when."""
        if self.begins is None or self.ends is None:
            return str(_("marked region"))
        first, last = clock_times.written(self.begins / 1000), clock_times.written(self.ends / 1000)
        return first if first == last else f"{first}–{last}"

    @property
    def fragment(self) -> str:
        """The place as a media fragment (W3C), to put behind an address."""
        if self.begins is None or self.ends is None:
            return "xywh=percent:" + ",".join(f"{value / 10:g}" for value in self.region)
        return f"t={self.begins / 1000:g},{self.ends / 1000:g}"
