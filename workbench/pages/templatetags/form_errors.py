"""List what is wrong with a form."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.forms import BaseForm

from workbench.pages import form_errors as errors

register = template.Library()


@register.simple_tag
def form_errors(form: BaseForm | None, more: Iterable[BaseForm] | None = None) -> list[errors.FormError]:
    """Return the errors of a form, and of more forms on the same page, each with the id of its field."""
    return errors.form_errors(form, more or ()) if form else []
