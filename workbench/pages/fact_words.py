"""Tell what entries of the log are about and what they keep: codes by their labels, keys of rows by their names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from workbench.desk import declarations
from workbench.desk.audit import model_of
from workbench.desk.fact_forms import Called, Codes, ColumnValues, Form, Keys, Plain, RowWords
from workbench.desk.language_names import language_label
from workbench.desk.models import LogEntry
from workbench.desk.punctuation import labelled
from workbench.pages.templatetags.log_words import fact, told

LONGEST_NAME = 120  # characters of the words that name a row
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}-\d\d")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([+-]\d\d:\d\d|Z| UTC)")
TWO_SIDES = {"before", "after"}


@dataclass
class Rows:
    """The rows that entries name, found with one query for each kind, as far as the reader may see them."""

    wanted: dict[str, set[int]] = field(default_factory=dict)
    found: dict[tuple[str, int], models.Model] = field(default_factory=dict)

    def fetch(self) -> None:
        """Find the rows that were asked for."""
        for kind, keys in self.wanted.items():
            model = model_of(kind)
            if model is None or kind not in declarations.log_rows():
                continue
            words = declarations.log_rows()[kind]
            rows = model._default_manager.select_related(*words.also).defer(*words.without)
            self.found |= {(kind, row.pk): row for row in rows.filter(pk__in=keys)}

    def words(self, kind: str, key: int, by: Any = None) -> str:
        """Return the words that name a row; empty where it is not loaded, and then ``fetch`` will look for it."""
        self.wanted.setdefault(kind, set()).add(key)
        row = self.found.get((kind, key))
        if row is None:
            return ""
        say = by or declarations.log_rows()[kind].words
        return Truncator(str(say(row))).chars(LONGEST_NAME)

    def called(self, name: str) -> str:
        """Return what the log calls a row that an entry names, such as ``claim 12``, in the language of the page."""
        kind, _space, key = name.partition(" ")
        model = model_of(kind)
        if model is None or not key.isdecimal():
            return name
        words, how = self.words(kind, int(key)), declarations.log_rows().get(kind, RowWords()).called
        if not words or how == Called.NUMBERED:
            return f"{model._meta.verbose_name} {key}"
        if how == Called.BY_WORDS:
            return words
        return _("%(kind)s “%(name)s”") % {"kind": model._meta.verbose_name, "name": words}


@dataclass(frozen=True)
class TellingFact:
    """How the facts of one entry are told."""

    verb: str
    kind: str
    rows: Rows

    def say(self, name: str, value: Any) -> str:
        """Return the value of a fact in words."""
        known = declarations.log_facts().get(name)
        return self._value(known.form_of(self.verb, self.kind) if known else Plain.WORDS, value)

    def _value(self, form: Form, value: Any) -> str:
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return _yes_or_no(value)
        if isinstance(value, dict):
            return self._facts(form, value)
        if isinstance(value, list):
            return "; ".join(self._value(form, held) for held in value) or "–"
        if isinstance(form, Keys):
            return self._row(form, str(value))
        return _coded(form, str(value)) if isinstance(form, Codes) else _plain(form, str(value))

    def _facts(self, form: Form, facts: Mapping[str, Any]) -> str:
        if isinstance(form, ColumnValues):
            return "; ".join(self._column(form.kind, name, held) for name, held in facts.items())
        if facts.keys() <= TWO_SIDES:
            return "; ".join(labelled(fact(name), self._value(form, held)) for name, held in facts.items())
        if isinstance(form, Codes):
            each = ((_coded(form, code), self._value(Plain.WORDS, held)) for code, held in facts.items())
            return "; ".join(labelled(code, held) for code, held in each)
        return "; ".join(labelled(fact(name), self.say(name, held)) for name, held in facts.items())

    def _column(self, kind: str, name: str, value: Any) -> str:
        """Return what a column is called and what it holds; what it held before, and what it holds now."""
        column = _column(kind, name)
        label = str(column.verbose_name) if column is not None else fact(name)
        if isinstance(value, dict) and value.keys() == TWO_SIDES:
            value = [value["before"], value["after"]]
        sides = value if isinstance(value, list) else [value]
        return labelled(label, " → ".join(self._value(_form_of(column), side) for side in sides))

    def _row(self, form: Keys, value: str) -> str:
        kind, _space, key = value.rpartition(" ")
        if not key.isdecimal() or (kind and kind not in declarations.log_rows()):
            return value  # words, such as the name of an owner: France 24
        if not form.kind:  # what kind of row it is, the name alone says
            return self.rows.called(value)
        return self.rows.words(kind or form.kind, int(key), form.words) or _("no. %(number)s") % {"number": key}


def told_of(entries: Iterable[LogEntry]) -> tuple[Rows, list[dict[str, str]]]:
    """Return the rows that entries name, and the facts of each entry in words, by name.

    Where somebody has damaged the facts of an entry, its text stands in place of them.
    """
    rows, shown = Rows(), list(entries)
    _tell(shown, rows)
    rows.fetch()
    return rows, _tell(shown, rows)


def _tell(entries: Iterable[LogEntry], rows: Rows) -> list[dict[str, str]]:
    """Return the facts of entries with the rows that were found; those that were not are asked for."""
    facts = []
    for entry in entries:
        for name in (entry.subject, entry.chain):
            rows.called(name)
        facts.append(_facts_of(entry, rows))
    return facts


def _facts_of(entry: LogEntry, rows: Rows) -> dict[str, str]:
    try:
        facts = json.loads(entry.facts)
    except json.JSONDecodeError:
        return {_("unreadable"): entry.facts}
    if not isinstance(facts, dict):
        return {"": str(facts)}
    telling = TellingFact(entry.verb, entry.subject.partition(" ")[0], rows)
    return {name: telling.say(name, value) for name, value in facts.items()}


def _coded(form: Codes, code: str) -> str:
    return str(form.labels().get(code, code))


def _plain(form: Form, value: str) -> str:
    if form == Plain.LANGUAGE:
        return language_label(value)
    if form == Plain.PROBLEM:
        return told(value)
    if form == Plain.YES_OR_NO and value in {"True", "False"}:
        return _yes_or_no(value == "True")
    if form == Plain.ROWS_OF:
        model = model_of(value.rpartition(".")[2].lower())
        return str(model._meta.verbose_name_plural) if model else value
    return _date(value) if form == Plain.DATE or MOMENT.fullmatch(value) else value


def _date(value: str) -> str:
    """Return a day, a month or a moment as the reader’s language writes it; a year stands as it is."""
    try:
        if moment := MOMENT.fullmatch(value):
            at = datetime.fromisoformat(f"{moment[1]}T{moment[2]}{moment[3].replace(' UTC', 'Z')}")
            return date_format(timezone.localtime(at), "DATETIME_FORMAT")
        if DAY.fullmatch(value):
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        return date_format(date.fromisoformat(f"{value}-01"), "YEAR_MONTH_FORMAT") if MONTH.fullmatch(value) else value
    except ValueError:  # no day of the calendar
        return value


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _column(kind: str, name: str) -> models.Field | None:
    model = model_of(kind)
    try:
        column = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return column if isinstance(column, models.Field) else None


def _form_of(column: models.Field | None) -> Form:
    """Return the form of the values of a column, from what the column holds."""
    if column is None:
        return Plain.WORDS
    if isinstance(column, models.ForeignKey):
        return Keys(str(column.related_model._meta.model_name))
    if column.name == "language":
        return Plain.LANGUAGE
    if isinstance(column, models.BooleanField):
        return Plain.YES_OR_NO
    labels = dict(column.flatchoices)
    return Codes(all_of=lambda: labels) if labels else Plain.WORDS
