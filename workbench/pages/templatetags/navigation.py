"""Template tag for the address of the page that people see first."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.shortcuts import resolve_url

register = template.Library()


@register.simple_tag
def home_url() -> str:
    """Return the address of the page that people see first; also on pages of errors, which have no request."""
    return str(resolve_url(settings.LOGIN_REDIRECT_URL))
