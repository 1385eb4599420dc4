"""Tell in the language of the page what was noted in English: the words of the log, and what went wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django import template
from django.apps import apps
from django.utils.translation import gettext, pgettext_lazy

from workbench.pages.templatetags.words import language_name

register = template.Library()

# Every verb of the log. An entry keeps its verb in English, because its hash covers it.
ACTS = {
    "added a domain": pgettext_lazy("log", "added a domain"),
    "added a feed": pgettext_lazy("log", "added a feed"),
    "added a name": pgettext_lazy("log", "added a name"),
    "added a person": pgettext_lazy("log", "added a person"),
    "added a source": pgettext_lazy("log", "added a source"),
    "added a wording": pgettext_lazy("log", "added a wording"),
    "added an appearance": pgettext_lazy("log", "added an appearance"),
    "added evidence": pgettext_lazy("log", "added evidence"),
    "asked for a capture with a browser": pgettext_lazy("log", "asked for a capture with a browser"),
    "answered a question": pgettext_lazy("log", "answered a question"),
    "asked a question": pgettext_lazy("log", "asked a question"),
    "asked for a copy": pgettext_lazy("log", "asked for a copy"),
    "asked for comment": pgettext_lazy("log", "asked for comment"),
    "asked for a document": pgettext_lazy("log", "asked for a document"),
    "asked for a document again": pgettext_lazy("log", "asked for a document again"),
    "changed a person": pgettext_lazy("log", "changed a person"),
    "changed a source": pgettext_lazy("log", "changed a source"),
    "changed their password": pgettext_lazy("log", "changed their password"),
    "confirmed an assertion": pgettext_lazy("log", "confirmed an assertion"),
    "confirmed evidence": pgettext_lazy("log", "confirmed evidence"),
    "corrected a report": pgettext_lazy("log", "corrected a report"),
    "decided": pgettext_lazy("log", "decided"),
    "decided on a host": pgettext_lazy("log", "decided on a host"),
    "froze a report": pgettext_lazy("log", "froze a report"),
    "gave a sample password": pgettext_lazy("log", "gave a sample password"),
    "had a feed polled again": pgettext_lazy("log", "had a feed polled again"),
    "linked claims": pgettext_lazy("log", "linked claims"),
    "logged": pgettext_lazy("log", "logged"),
    "looked for feeds": pgettext_lazy("log", "looked for feeds"),
    "moved": pgettext_lazy("log", "moved"),
    "moved a domain": pgettext_lazy("log", "moved a domain"),
    "noted a comment": pgettext_lazy("log", "noted a comment"),
    "pasted a text": pgettext_lazy("log", "pasted a text"),
    "rejected an assertion": pgettext_lazy("log", "rejected an assertion"),
    "rejected evidence": pgettext_lazy("log", "rejected evidence"),
    "retried": pgettext_lazy("log", "retried"),
    "reviewed": pgettext_lazy("log", "reviewed"),
    "saw a change": pgettext_lazy("log", "saw a change"),
    "searched": pgettext_lazy("log", "searched"),
    "set a password": pgettext_lazy("log", "set a password"),
    "stated a standing": pgettext_lazy("log", "stated a standing"),
    "stopped a feed": pgettext_lazy("log", "stopped a feed"),
    "took the password away": pgettext_lazy("log", "took the password away"),
    "watches": pgettext_lazy("log", "has a page watched"),
}

# The names under which entries keep their facts.
FACTS = {
    "after": pgettext_lazy("log", "after"),
    "answered_at": pgettext_lazy("log", "answered on"),
    "archive": pgettext_lazy("log", "archive"),
    "assertion": pgettext_lazy("log", "assertion"),
    "before": pgettext_lazy("log", "before"),
    "channel": pgettext_lazy("log", "by which way"),
    "change": pgettext_lazy("log", "change"),
    "cited": pgettext_lazy("log", "cited evidence"),
    "correction": pgettext_lazy("log", "correction"),
    "decision": pgettext_lazy("log", "decision"),
    "delay": pgettext_lazy("log", "seconds between visits"),
    "denied": pgettext_lazy("log", "not to be opened"),
    "evidence": pgettext_lazy("log", "evidence"),
    "extractor": pgettext_lazy("log", "extractor"),
    "flags": pgettext_lazy("log", "what of weight"),
    "homes": pgettext_lazy("log", "home pages"),
    "host": pgettext_lazy("log", "host"),
    "kind": pgettext_lazy("log", "kind"),
    "language": pgettext_lazy("log", "language"),
    "links": pgettext_lazy("log", "links"),
    "name": pgettext_lazy("log", "name"),
    "note": pgettext_lazy("log", "why"),
    "now": pgettext_lazy("log", "now"),
    "number": pgettext_lazy("log", "number"),
    "other": pgettext_lazy("log", "other claim"),
    "passage": pgettext_lazy("log", "passage"),
    "question": pgettext_lazy("log", "question"),
    "quote": pgettext_lazy("log", "quote"),
    "rating": pgettext_lazy("log", "rating"),
    "reason": pgettext_lazy("log", "reason"),
    "relation": pgettext_lazy("log", "relation"),
    "reliability": pgettext_lazy("log", "reliability"),
    "replaced_by": pgettext_lazy("log", "replaced by"),
    "request": pgettext_lazy("log", "request"),
    "review": pgettext_lazy("log", "review"),
    "role": pgettext_lazy("log", "role"),
    "said": pgettext_lazy("log", "was it said"),
    "said_to_be_from": pgettext_lazy("log", "said to be from"),
    "sent_at": pgettext_lazy("log", "sent on"),
    "sha256": "SHA-256",
    "source": pgettext_lazy("log", "source"),
    "stance": pgettext_lazy("log", "stance"),
    "text": pgettext_lazy("log", "text"),
    "to_whom": pgettext_lazy("log", "to whom"),
    "touched": pgettext_lazy("log", "cited passages touched"),
    "tries": pgettext_lazy("log", "tries"),
    "trouble": pgettext_lazy("log", "trouble"),
    "url": pgettext_lazy("log", "address"),
    "username": pgettext_lazy("log", "user name"),
    "words": pgettext_lazy("log", "words"),
}

# Facts that hold a code of a column of another name.
COLUMNS = {"before": ("status", "standing"), "after": ("status",)}

_WITH_DETAIL = re.compile(r"(?P<message>.+[.!?]) \((?P<detail>[^()]*)\)", re.DOTALL)
_NUMBER = re.compile(r"\d+")


@register.filter
def act(verb: str) -> str:
    """Return what was done in the language of the page; a verb that is not known stays as it was noted."""
    return str(ACTS.get(verb, verb))


@register.filter
def fact(name: str) -> str:
    """Return what a fact of the log is called in the language of the page."""
    return str(FACTS.get(name, name))


@register.filter
def held(value: str, name: str) -> str:
    """Return what a fact holds: a code in words of the page's language, everything else as it was noted."""
    if name == "language":
        return language_name(value) if value else ""
    if name == "trouble":
        return told(value)
    words = _words_of_codes()
    return next((str(words[column, value]) for column in COLUMNS.get(name, (name,)) if (column, value) in words), value)


@register.filter
def row(name: str) -> str:
    """Return what the log calls a row, such as ``claim 12``, in the language of the page."""
    kind, _, key = name.partition(" ")
    for model in apps.get_models():
        if model._meta.model_name == kind:
            return f"{model._meta.verbose_name} {key}"
    return name


@register.filter
def told(message: str | None) -> str:
    """Return in the language of the page a message that a worker, who speaks English, left with a row.

    A message of one number, and one with a detail in brackets after it, are found too; what the catalogue does not
    know, such as the name of an error, stays as it is.
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


@cache
def _words_of_codes() -> dict[tuple[str, str], Any]:
    """Return the label of every code that a column may hold, by the column's name and the code."""
    return {
        (field.name, code): label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        for code, label in field.flatchoices
    }
