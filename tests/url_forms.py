"""The forms of every address, found in its view: which of them take words that a person writes."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm, CharField, HiddenInput, PasswordInput

from tests import url_conf
from workbench.pages.find import FindField

OURS = ("claims.pages", "sources.pages", "workbench.pages")


def addresses() -> Iterator[tuple[str, Any]]:
    """Return the name of every address outside the Django admin, with its view."""
    yield from ((each.name, each.view) for each in url_conf.addresses() if not each.name.startswith("admin:"))


def texts_of(form: Any) -> list[str]:
    """Return the fields of a form, or of each form of a set, in which a person writes words."""
    fields = getattr(getattr(form, "form", form), "base_fields", {})
    return [name for name, field in fields.items() if _is_written(field)]


def _is_written(field: Any) -> bool:
    is_text = isinstance(field, CharField) and not isinstance(field, FindField)
    return is_text and not isinstance(field.widget, (HiddenInput, PasswordInput))


def forms_of(view: Any) -> set[Any]:
    """Return the form classes that a view names, itself or in what it calls of our pages."""
    found: set[Any] = set()
    todo, seen = [getattr(view, "view_class", view)], set[int]()
    while todo:
        each = todo.pop()
        each = each if isinstance(each, type) else _bare(each)
        if id(each) in seen:
            continue
        seen.add(id(each))
        if _is_form(each):
            found.add(each)
        else:
            todo += _named(each)
    return found


def _bare(view: Any) -> Any:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def _is_form(each: Any) -> bool:
    return isinstance(each, type) and (issubclass(each, BaseForm) or hasattr(each, "management_form"))


def _named(each: Any) -> list[Any]:
    """Return the classes and functions of our pages that a function or the methods of a class name."""
    if isinstance(each, type):
        return [value for value in vars(each).values() if isinstance(value, types.FunctionType) or _is_form(value)]
    if not isinstance(each, types.FunctionType):
        return []
    names = set(_names(each.__code__))
    held = [each.__globals__[name] for name in names if name in each.__globals__]
    for module in [value for value in held if isinstance(value, types.ModuleType)]:
        held += [vars(module)[name] for name in names if name in vars(module)]
    return [value for value in held if _is_form(value) or _is_ours(value)]


def _is_ours(value: Any) -> bool:
    return isinstance(value, (types.FunctionType, type)) and value.__module__.startswith(OURS)


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _names(inner)
