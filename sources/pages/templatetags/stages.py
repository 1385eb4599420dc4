"""How far a feed, a document, a search or a site rule has come, for the rows of lists."""

from __future__ import annotations

from django import template

from sources.pages.feed_state import feed_state
from sources.pages.search_answer import search_answer
from sources.pages.site_rule import site_rule

register = template.Library()

register.filter("feed_state", feed_state)
register.filter("search_answer", search_answer)
register.filter("site_rule", site_rule)
