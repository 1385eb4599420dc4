"""Show in a list how far the work on a claim has come, and what happened to a report since its publication."""

from __future__ import annotations

from django import template

from claims.pages import badges, board_cells

register = template.Library()

register.filter("board_row", board_cells.row_of)
register.filter("status_stamp", board_cells.status_stamp)
register.filter("due_stamp", board_cells.due_stamp)
register.filter("asked_reviewers", board_cells.asked_reviewers)
register.filter("report_badges", badges.of_report)
