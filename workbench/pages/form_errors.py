"""The errors of a form as one list, each with a link to its field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BaseForm, BoundField


@dataclass(frozen=True)
class FormError:
    """What is wrong, and the id of the field to correct; no id where the error is about no field that can be seen."""

    text: str
    field_id: str = ""


def form_errors(form: BaseForm, more: Iterable[BaseForm] = ()) -> list[FormError]:
    """Return the errors of a form; then those of more forms, each with the name that the page ``called`` it by."""
    found = [FormError(str(error)) for error in form.non_field_errors()]
    found += [error for field in form for error in _of_field(field, [str(field.label)])]
    found += [FormError(str(error)) for error in getattr(more, "non_form_errors", list)()]
    for other in more:
        found += [error for field in other for error in _of_field(field, [str(other.called), str(field.label)])]  # type: ignore[attr-defined]
    return found


def _of_field(field: BoundField, names: list[str]) -> list[FormError]:
    if field.is_hidden:
        return [FormError(str(error)) for error in field.errors]
    field_id = field.id_for_label or str(field.auto_id)
    return [FormError(" – ".join([*names, str(error)]), field_id) for error in field.errors]
