"""Show in a list how far a claim's reviews have come, and what happened to a report since its publication."""

from __future__ import annotations

from django import template

from claims.pages import badges

register = template.Library()

register.filter("reviews_submitted", badges.reviews_submitted)
register.filter("report_badges", badges.of_report)
