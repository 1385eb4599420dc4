"""Rows of lists: a row with the same values is written once for each language and time zone."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, cast

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 2_000


@register.simple_tag
def kept_row(name: str, row: Hashable) -> SafeString:
    """Write a row with a template that is given nothing but ``row``: a frozen dataclass of plain values.

    So nothing of the request can be in it, and what stands in it is what decides whether it was written before.
    Words that change by themselves, such as “3 minutes ago”, are among the values.
    """
    return _written(name, row, get_language(), timezone.get_current_timezone_name())


@lru_cache(maxsize=MOST_KEPT)
def _written(name: str, row: Any, _language: str | None, _zone: str) -> SafeString:
    if any(isinstance(value, SafeString) for value in vars(row).values()):
        raise TypeError(f"{name}: a row holds text, not HTML, which equals the same characters as text.")
    return cast("SafeString", get_template(name).render({"row": row}))
