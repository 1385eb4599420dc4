"""The ``url`` tag of Django, which looks the address of a fixed page up once; every template has it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import defaulttags
from django.template.base import Node, Parser, Token
from django.utils.html import conditional_escape

from workbench.desk.row_address import page_address

register = template.Library()


class FixedAddress(Node):
    """The address of a view that is named in the template and takes no arguments."""

    child_nodelists = ()

    def __init__(self, view: str) -> None:
        self._view = view

    def render(self, context: Any) -> str:
        """Return the address."""
        found = page_address(self._view)
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Return an address, as Django’s tag of this name does."""
    found = defaulttags.url(parser, token)
    name = found.view_name
    is_fixed = not (name.is_var or name.filters or found.args or found.kwargs or found.asvar)
    return FixedAddress(str(name.var)) if is_fixed else found
