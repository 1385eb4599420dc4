"""The page of the log: who did what, filtered by chain, person and action; and the check of its hash chains."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import audit, declarations, hidden_rows, seal_registry
from workbench.desk.models import LogEntry
from workbench.desk.punctuation import labelled
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.http import Request, number
from workbench.pages.lists import LOG, listed
from workbench.pages.templatetags.log_words import fact

ROW = re.compile(r"\b([a-z_]+) (\d+)\b")  # how the log names a row: claim 12


@dataclass(frozen=True)
class Withheld:
    """An entry of which the reader may know its place and its hash alone."""

    hash: str


class LogFilter(forms.Form):
    chain = forms.CharField(label=gettext_lazy("Chain"), required=False, max_length=60)
    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200, widget=forms.SearchInput)
    who = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=150)
    verb = forms.ChoiceField(label=gettext_lazy("Action"), required=False, choices=lambda: [("", _("all")), *_verbs()])


def _verbs() -> list[tuple[str, str]]:
    return [(value, str(verb.label)) for value, verb in declarations.verbs().items()]


@require_safe
def show_log(request: Request) -> HttpResponse:
    """Show the log, newest first."""
    require(request.user, DeskAct.READ_LOG)
    return _log_page(request, {})


@require_POST
def check_log(request: Request) -> HttpResponse:
    """Recompute every hash chain of the log, compare the log with the tables it covers, and show each error."""
    require(request.user, DeskAct.READ_LOG)
    checks = audit.check()
    faults = [_shown(fault) for check in checks for fault in check.faults]
    return _log_page(request, {"checks": checks, "faults": faults})


def _shown(fault: audit.Fault) -> audit.Fault:
    """Return a fault; only that there is one, where it names a chain or a row that the reader must not know of."""
    if is_withheld(fault.chain) or any(_is_of_a_hidden_row(*row) for row in ROW.findall(fault.problem)):
        return audit.Fault("", 0, _("something is wrong with a record that only named people see: ask them to check"))
    return fault


def _log_page(request: Request, checked: dict[str, Any]) -> HttpResponse:
    form = LogFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data  # without the fields that have errors
    if any(asked.values()):  # what was asked must tell nothing about entries that are withheld
        return _filtered(request, form, asked, checked)
    with hidden_rows.everything():
        context = {**checked, **listed(request, LOG, LogEntry.objects.all(), form), "address": reverse("log")}
        rows = list(context["page"])
    context["entries"] = [_entry(row) for row in rows]
    return render(request, "records/log.html", context)


def _entry(entry: LogEntry) -> tuple[LogEntry | Withheld, dict[str, str]]:
    """Return an entry with its facts; of an entry that is withheld only its hash, and that the chain needs it."""
    if is_withheld(entry.chain) or is_withheld(entry.subject):
        return Withheld(entry.hash), {}
    return entry, facts_of(entry)


def _is_of_a_hidden_row(kind: str, key: str) -> bool:
    model, _rule = seal_registry.sealed().get(kind, (None, None))
    pk = number(key)
    if model is None or pk is None or model._default_manager.filter(pk=pk).exists():
        return False
    with hidden_rows.everything():
        return bool(model._default_manager.filter(pk=pk).exists())


def is_withheld(name: str) -> bool:
    """Say whether the reader must not know of a row, by the name that the log gives it."""
    return hidden_rows.is_hidden(LogEntry._meta.label, "chain", name)


def _filtered(request: Request, form: LogFilter, asked: dict[str, Any], checked: dict[str, Any]) -> HttpResponse:
    rows = LogEntry.objects.search(asked.get("words", ""))
    if asked.get("chain"):
        rows = rows.filter(chain=asked["chain"])
    if asked.get("who"):
        rows = rows.by_whom(asked["who"])
    if asked.get("verb"):
        rows = rows.filter(verb=asked["verb"])
    context = {**checked, **listed(request, LOG, rows, form), "address": reverse("log")}
    context["entries"] = [(entry, facts_of(entry)) for entry in context["page"]]
    return render(request, "records/log.html", context)


def facts_of(entry: LogEntry) -> dict[str, str]:
    """Return the facts of an entry in words; or the text itself where somebody has damaged it."""
    try:
        facts = json.loads(entry.facts)
    except json.JSONDecodeError:
        return {_("unreadable"): entry.facts}
    return {name: _in_words(value) for name, value in facts.items()} if isinstance(facts, dict) else {"": str(facts)}


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(labelled(fact(name), _in_words(held)) for name, held in value.items())
    if isinstance(value, list):
        return "; ".join(_in_words(held) for held in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in {None, ""} else str(value)
