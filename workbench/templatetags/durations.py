"""Lengths of time, in words."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds


@register.filter
def in_words(length: timedelta | None) -> str:
    """Return a length of time in its largest fitting unit, such as “6 hours” or “0.35 s”; a dash for none."""
    if length is None:
        return "–"
    seconds = length.total_seconds()
    if seconds < MINUTE:
        return _("%(number)s s") % {"number": number_format(round(seconds, 2))}
    if seconds < 2 * HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if seconds < 2 * DAY:
        hours = round(seconds / HOUR)
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = round(seconds / DAY)
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
