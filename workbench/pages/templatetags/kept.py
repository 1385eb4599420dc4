"""List the texts of a form that was not saved, so that a page can show them to be copied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm

from workbench.pages import kept_words
from workbench.pages.kept_words import KeptText

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_texts(context: Any, form: BaseForm | None = None, more: Iterable[BaseForm] | None = None) -> list[KeptText]:
    """Return the texts that were sent with the request of this page, named as its forms name them."""
    request = context.get("request")
    forms = [each for each in (form, *(more or ())) if each]
    return kept_words.texts_of(request, forms) if request is not None else []
