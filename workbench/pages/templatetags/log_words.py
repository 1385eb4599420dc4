"""Template filters that translate what is stored in English: log verbs, facts of log entries, and problems."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.translation import gettext

from workbench.desk import declarations
from workbench.desk.audit import model_of
from workbench.desk.seal_triggers import CHAIN

register = template.Library()

_WITH_DETAIL = re.compile(r"(?P<message>.+[.!?]) \((?P<detail>[^()]*)\)", re.DOTALL)
_NUMBER = re.compile(r"\d+")


@register.filter
def act(verb: str) -> str:
    """Return the label of a verb of the log, translated; an unknown verb stays as it is stored."""
    return str(verbs[verb].label) if verb in (verbs := declarations.verbs()) else verb


@register.filter
def fact(name: str) -> str:
    """Return the label of a fact of the log, translated."""
    known = declarations.log_facts().get(name)
    return str(known.label) if known else name


@register.filter
def row(name: str, rows: Any = None) -> str:
    """Return what the log calls a row, such as ``claim 12``, in the language of the page; by its name if it is found.

    ``rows`` are those that were found (``workbench.pages.fact_words``).
    """
    kind, _, key = name.partition(" ")
    if name == CHAIN:
        return gettext("rows without an act")
    if rows:
        return str(rows.called(name))
    model = model_of(kind)
    return f"{model._meta.verbose_name} {key}" if model else name


@register.filter
def told(message: str | None) -> str:
    """Translate a message that a worker stored with a row in English.

    Messages with one number, and messages followed by a detail in brackets, are translated too. What the catalogue
    does not have, such as the name of an error, stays as it is.
    """
    message = message or ""
    with_detail = _WITH_DETAIL.fullmatch(message)
    if with_detail:
        return f"{told(with_detail['message'])} ({with_detail['detail']})"
    number = _NUMBER.search(message)
    if number:
        form = f"{message[: number.start()]}%(n)d{message[number.end() :]}"
        shown = gettext(form)
        return shown.replace("%(n)d", number.group()) if shown != form else message
    return gettext(message) if message else ""
