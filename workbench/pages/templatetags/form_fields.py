"""Fields in which nothing is written look the same on every page: each is written once for each language.

So are fields whose choices change with the desk: once for the same choices with the same one chosen.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import template
from django.forms import BaseForm, ChoiceField, MultipleChoiceField, TypedChoiceField
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 500
WITH_CHOICES = (ChoiceField, MultipleChoiceField, TypedChoiceField)
_kept: dict[Hashable, SafeString] = {}


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Return all fields of a form. Their choices are those of the class, not of one request.

    A form names in ``changing`` the fields of which that is not true.
    """
    return format_html_join("", "{}", ((_written(field),) for field in form))


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """Return one field of a form, as ``form_fields`` does all."""
    return _written(field)


def is_blank(form: BaseForm) -> bool:
    """Say whether nothing is in a form: no initial values, nothing sent."""
    return all(_is_blank(field) for field in form)


def _is_blank(field: BoundField) -> bool:
    form = field.form
    has_initial = bool(form.initial.get(field.name)) or callable(field.field.initial)
    return not has_initial and not any(sent and name.startswith(field.html_name) for name, sent in form.data.items())


def _written(field: BoundField) -> SafeString:
    form = field.form
    what = _what_is_in(field)
    if what is None or field.errors:
        return render_to_string("partials/_field.html", {"field": field})
    key = (type(form), field.html_name, form.auto_id, form.use_required_attribute, get_language(), what, _own(field))
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = render_to_string("partials/_field.html", {"field": field})
    return _kept[key]


def _own(field: BoundField) -> Hashable:
    """Return what a form may set for a field of its own: label, help, what its widget says, and that it is needed."""
    of_widget = (type(field.field.widget), str(field.field.widget.attrs))
    return str(field.label), str(field.help_text), field.field.required, field.field.disabled, *of_widget


def _what_is_in(field: BoundField) -> Hashable | None:
    """Return what is shown in a field besides what its class says; None where that is not the same for others."""
    if field.form.is_bound and field.field.show_hidden_initial:  # it sends what its person saw first
        return None
    if field.name not in getattr(field.form, "changing", ()):
        return () if _is_blank(field) else None
    if type(field.field) not in WITH_CHOICES:
        return None
    with_choices: Any = field.field
    with_choices.choices = list(with_choices.choices)  # asked of the database once, whether it is written or not
    return tuple((value, str(label)) for value, label in with_choices.choices), str(field.value())
