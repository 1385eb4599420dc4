"""The fields of a form that nobody has filled in look the same on every page: written once for each language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 100


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Return all fields of a form. Its choices must not differ from request to request."""
    kind: Any = type(form)
    return _blank(kind, form.auto_id, get_language()) if is_blank(form) else _written(form)


def is_blank(form: BaseForm) -> bool:
    """Say whether nothing is in a form: no initial values, nothing sent."""
    names = tuple(map(form.add_prefix, form.fields))
    return not form.initial and not any(sent and name.startswith(names) for name, sent in form.data.items())


@lru_cache(maxsize=MOST_KEPT)
def _blank(kind: Any, auto_id: str, _of_page: str | None) -> SafeString:
    return _written(kind(auto_id=auto_id))


def _written(form: BaseForm) -> SafeString:
    shown = (render_to_string("partials/_field.html", {"field": field}) for field in form)
    return format_html_join("", "{}", ((field,) for field in shown))
