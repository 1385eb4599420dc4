"""The page of the log: who did what, filtered by chain, person and action; and the check of its hash chains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import declarations, hidden_rows, log_checking
from workbench.desk.models import LogEntry, LogEntryQuerySet, LogHead
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.whole_check import WholeCheck
from workbench.pages.fact_words import told_of
from workbench.pages.http import Request, number
from workbench.pages.lists import LOG, listed


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


@require_POST
def check_log(request: Request) -> HttpResponse:
    """Have a worker check the whole log: its hash chains, the rows that it covers, and its checkpoints."""
    log_checking.ask(by=request.user, language=get_language() or settings.LANGUAGE_CODE)
    return redirect("log")


@require_safe
def show_log(request: Request) -> HttpResponse:
    """Show the log, newest first, and how far the last check of it has come."""
    require(request.user, DeskAct.READ_LOG)
    form = LogFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data  # without the fields that have errors
    if any(asked.values()):  # what was asked must tell nothing about entries that are withheld
        return _log_page(request, listed(request, LOG, _filtered(asked), form))
    with hidden_rows.everything():
        context = listed(request, LOG, LogEntry.objects.all(), form)
        rows = list(context["page"])
    return _log_page(request, context, rows)


def _log_page(request: Request, context: dict[str, Any], rows: Iterable[LogEntry] | None = None) -> HttpResponse:
    check = WholeCheck.objects.select_related("asked_by").first()
    context |= {
        "address": reverse("log"),
        "check": check,
        "faults": [_shown(*each) for each in check.faults] if check else [],
    }
    shown = list(context["page"] if rows is None else rows)
    known = set(LogEntry.objects.filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True))
    context["rows"], facts = told_of(row for row in shown if row.pk in known)
    told = iter(facts)
    context["entries"] = [(row, next(told)) if row.pk in known else (Withheld(row.hash), {}) for row in shown]
    return render(request, "records/log.html", context)


def _shown(chain: str, seq: int, problem: str, row: str | None = None) -> tuple[str, int, str]:
    """Return a fault; only that there is one, where it names a chain or a row that the reader must not know of.

    Checks of earlier releases do not say which row a fault names: who may not see everything is told no more.
    """
    if is_withheld(chain) or (_hides_rows() and (row is None or (row and not _is_seen(row)))):
        return "", 0, _("something is wrong with a record that only named people see: ask them to check")
    return chain, seq, problem


def _hides_rows() -> bool:
    """Say whether more is hidden from the reader than entries of the log, of which some are hidden from everybody."""
    return bool(hidden_rows.hidden().keys() - {LogEntry._meta.label, LogHead._meta.label})


def _is_seen(row: str) -> bool:
    """Say whether the reader sees a row, by the label of its model and its key."""
    label, _space, key = row.rpartition(" ")
    pk = number(key)
    try:
        return pk is not None and apps.get_model(label)._default_manager.filter(pk=pk).exists()
    except (LookupError, ValueError):
        return False


def is_withheld(chain: str) -> bool:
    """Say whether the reader must not know of a chain: somebody wrote in it, and the reader sees nothing of that."""
    if not hidden_rows.hidden():
        return False
    rows = LogEntry.objects.filter(chain=chain)
    with hidden_rows.everything():
        is_written = rows.exists()
    return hidden_rows.is_hidden(LogEntry._meta.label, "chain", chain) or (is_written and not rows.exists())


def _filtered(asked: dict[str, Any]) -> LogEntryQuerySet:
    rows = LogEntry.objects.search(asked.get("words", ""))
    if asked.get("chain"):
        rows = rows.filter(chain=asked["chain"])
    if asked.get("who"):
        rows = rows.by_whom(asked["who"])
    if asked.get("verb"):
        rows = rows.filter(verb=asked["verb"])
    return rows
