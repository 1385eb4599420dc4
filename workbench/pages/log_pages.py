"""The page of the log: who did what, filtered by chain, person and action; and the check of its hash chains."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import declarations, log_checking
from workbench.desk.models import LogEntry
from workbench.desk.punctuation import labelled
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.whole_check import WholeCheck
from workbench.pages.http import Request
from workbench.pages.lists import LOG, listed
from workbench.pages.templatetags.log_words import fact

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")  # as facts of an entry have it


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
    rows = LogEntry.objects.search(asked.get("words", ""))
    if asked.get("chain"):
        rows = rows.filter(chain=asked["chain"])
    if asked.get("who"):
        rows = rows.by_whom(asked["who"])
    if asked.get("verb"):
        rows = rows.filter(verb=asked["verb"])
    context = {**listed(request, LOG, rows, form), "address": reverse("log")}
    context["check"] = WholeCheck.objects.select_related("asked_by").first()
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
    if isinstance(value, str) and TIME.fullmatch(value):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    return "–" if value in {None, ""} else str(value)
