"""The tags of Django’s ``i18n``, of which ``translate`` looks a fixed message up once for each language.

A page has some hundreds of them. The settings put this library in the place of ``i18n``.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.filters |= i18n.register.filters
register.tags |= i18n.register.tags


class KeptTranslation(Node):
    """A fixed message, as it is in each language that a page was written in."""

    child_nodelists = ()

    def __init__(self, translation: i18n.TranslateNode) -> None:
        self._translation = translation
        self._name, translation.asvar = translation.asvar, None
        self._kept: dict[str | None, Any] = {}

    def render(self, context: Any) -> str:
        """Return the message, or put it into the context under the name that the tag gives it."""
        language = get_language()
        text = self._kept.get(language)
        if text is None:
            text = self._kept[language] = self._translation.render(context)
        if self._name is None:
            return str(text)
        context[self._name] = text
        return ""


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Translate a message, as Django’s tag of this name does."""
    found = i18n.do_translate(parser, token)
    return KeptTranslation(found) if _is_fixed(found.filter_expression, found.message_context) else found


def _is_fixed(*expressions: FilterExpression | None) -> bool:
    return all(
        each is None or (not each.filters and (not each.is_var or each.var.literal is not None)) for each in expressions
    )
