"""Rows of lists: a row with the same values is written once for each language and time zone."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import is_dataclass
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
    refuse_html(row)
    return cast("SafeString", get_template(name).render({"row": row}))


def refuse_html(value: Any) -> None:
    """Raise ``TypeError`` for HTML anywhere in a row: it equals the same characters as text, which are escaped."""
    if isinstance(value, SafeString):
        raise TypeError(f"A row holds text, not HTML: {value!r}")
    parts = value if isinstance(value, tuple) else vars(value).values() if is_dataclass(value) else ()
    for part in parts:
        refuse_html(part)
