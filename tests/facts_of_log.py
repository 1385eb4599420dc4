"""Check each fact that a test records in the log: an app declares its name, and a form of value that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import models

from workbench.desk import audit, declarations
from workbench.desk.fact_forms import Codes, ColumnValues, Form, Keys, Plain
from workbench.pages.fact_words import DAY, MOMENT, MONTH, TWO_SIDES

NAME = re.compile(r"[a-z]+ \d+")
YEAR = re.compile(r"\d{4}")


@contextmanager
def all_told() -> Iterator[None]:
    """Have ``audit.record`` refuse, while tests run, a fact of which nobody declares what its value is."""
    record = audit.record

    def told(by: Any, verb: Any, subject: models.Model, *, chain: str = "", **facts: Any) -> Any:
        untold = [name for name, value in facts.items() if not is_told(verb, subject._meta.model_name, name, value)]
        assert not untold, f"{verb}: declare in LOG_FACTS what these hold: { {name: facts[name] for name in untold} }"
        return record(by, verb, subject, chain=chain, **facts)

    audit.record = told
    try:
        yield
    finally:
        audit.record = record


def is_told(verb: str, kind: str | None, name: str, value: Any) -> bool:
    """Say whether an app declares this fact, in a form that fits its value."""
    known = declarations.log_facts().get(name)
    return known is not None and _fits(known.form_of(verb, kind or ""), value, verb, kind)


def _fits(form: Form, value: Any, verb: str, kind: str | None) -> bool:
    if value is None or value == "":
        return True
    if isinstance(value, list):
        return all(_fits(form, held, verb, kind) for held in value)
    if isinstance(value, dict):
        return _all_fit(form, value, verb, kind)
    if isinstance(form, Keys):
        return _is_key(form, value)
    return value in form.labels() if isinstance(form, Codes) else _is_plain(form, value)


def _all_fit(form: Form, facts: Mapping[str, Any], verb: str, kind: str | None) -> bool:
    if isinstance(form, ColumnValues):
        columns = {column.name for column in audit.model_of(form.kind)._meta.concrete_fields}
        return facts.keys() <= columns
    if facts.keys() <= TWO_SIDES:
        return all(_fits(form, held, verb, kind) for held in facts.values())
    if isinstance(form, Codes):
        return facts.keys() <= form.labels().keys()
    return form == Plain.FACTS and all(is_told(verb, kind, name, held) for name, held in facts.items())


def _is_key(form: Keys, value: Any) -> bool:
    kind, _space, key = str(value).rpartition(" ")
    return key.isdecimal() and (kind or form.kind) in declarations.log_rows() | {"claim": None}


def _is_plain(form: Form, value: Any) -> bool:
    if form in {Plain.WORDS, Plain.LANGUAGE, Plain.PROBLEM, Plain.ROWS_OF}:
        is_code = isinstance(value, models.TextChoices)
        return (
            isinstance(value, str) and not is_code and not (NAME.fullmatch(value) and audit.model_of(value.split()[0]))
        )
    if form == Plain.NUMBER:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if form == Plain.YES_OR_NO:
        return isinstance(value, bool) or value in {"True", "False"}
    return isinstance(value, date) or any(form.fullmatch(str(value)) for form in (DAY, MONTH, YEAR, MOMENT))
