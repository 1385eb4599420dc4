"""Pages of the ground floor that tell what went wrong, and who did what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import audit, declarations, retrying
from workbench.desk.models import LogEntry
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.work_queue import Work, WorkQuerySet
from workbench.pages.http import Request, number
from workbench.pages.paging import paged
from workbench.pages.templatetags.log_words import fact

FIRST = 10  # rows shown of each kind where all kinds are shown
MOST_AT_ONCE = 1_000  # rows retried with one button: more would hold their locks for long


@dataclass(frozen=True)
class Kind:
    """Rows in trouble of one kind of work."""

    label: str
    name: str
    number: int
    rows: QuerySet[Any]
    first: list[Any]  # a few of them


@require_safe
def show_trouble(request: Request) -> HttpResponse:
    """Show the rows in trouble: some of every kind, or all of one."""
    label = request.GET.get("kind", "")
    found = [_kind(key, model) for key, model in retrying.kinds().items() if label in {"", key}]
    context: dict[str, Any] = {"kinds": [kind for kind in found if kind.number], "label": label}
    if label and context["kinds"]:
        context |= paged(request, found[0].rows)
    return render(request, "records/trouble.html", context)


@require_POST
def retry_work(request: Request) -> HttpResponse:
    """Retry one row in trouble, all of a kind, or all."""
    require(request.user, DeskAct.RETRY_WORK)
    label, key = request.POST.get("kind", ""), request.POST.get("pk", "")
    if label and label not in retrying.kinds():
        raise Http404
    chosen = [label] if label else list(retrying.kinds())
    retried = sum(retrying.retry(_in_trouble(label, key), by=request.user) for label in chosen)
    done = ngettext("Retrying %(n)d task.", "Retrying %(n)d tasks.", retried) % {"n": retried}
    messages.success(request, done)
    return redirect("trouble")


class LogFilter(forms.Form):
    chain = forms.CharField(label=gettext_lazy("Chain"), required=False, max_length=60)
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
    """Recompute every chain of the log, hold against it what it vouches for, and show where something does not hold."""
    require(request.user, DeskAct.READ_LOG)
    checks = audit.check()
    return _log_page(request, {"checks": checks, "faults": [fault for check in checks for fault in check.faults]})


def _log_page(request: Request, checked: dict[str, Any]) -> HttpResponse:
    form = LogFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data  # what could be understood of it
    rows = LogEntry.objects.all()
    if asked.get("chain"):
        rows = rows.filter(chain=asked["chain"])
    if asked.get("who"):
        rows = rows.filter(actor_name__icontains=asked["who"])
    if asked.get("verb"):
        rows = rows.filter(verb=asked["verb"])
    context = {"form": form, **checked, **paged(request, rows)}
    context["entries"] = [(entry, facts_of(entry)) for entry in context["page"]]
    return render(request, "records/log.html", context)


def facts_of(entry: LogEntry) -> dict[str, str]:
    """Return the facts of an entry in words, or the text itself where somebody has broken it."""
    try:
        facts = json.loads(entry.facts)
    except json.JSONDecodeError:
        return {_("unreadable"): entry.facts}
    return {name: _in_words(value) for name, value in facts.items()} if isinstance(facts, dict) else {"": str(facts)}


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{fact(name)}: {_in_words(held)}" for name, held in value.items())
    if isinstance(value, list):
        return "; ".join(_in_words(held) for held in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in {None, ""} else str(value)


def _kind(label: str, model: type[Work]) -> Kind:
    rows = _work(model).in_trouble().select_related()
    return Kind(label, str(model._meta.verbose_name_plural), rows.count(), rows, list(rows[:FIRST]))


def _in_trouble(label: str, key: str) -> QuerySet[Any]:
    rows = _work(retrying.kinds()[label]).in_trouble()
    if key:
        return rows.filter(pk=number(key))
    return rows[:MOST_AT_ONCE]


def _work(model: type[Work]) -> WorkQuerySet:
    rows = model._default_manager.get_queryset()
    assert isinstance(rows, WorkQuerySet)  # noqa: S101 -- every kind of work has a manager made of one
    return rows
