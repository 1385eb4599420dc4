"""The canonical form of a row, of which a seal keeps the SHA-256: in SQL, as the database makes it, and in Python.

Version 1 is a JSON array of texts: the name of the version, the model, the number of its form, the names of the
columns joined by commas, then the value of each column as text (null where the row has none). Times are in UTC to the
microsecond. The names are part of it, so the same values in other columns have another hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models

VERSION = "claim-workbench-row-v1"
UTC_TIME = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
MARK = 2  # bytes kept of the hash of each column, so that a check can name the column that differs

# How SQL writes a column of a kind as text; every other kind is cast.
TEXTS = {
    "DateTimeField": f"to_char({{0}} AT TIME ZONE 'UTC', '{UTC_TIME}')",
    "DateField": "to_char({0}, 'YYYY-MM-DD')",
    "DurationField": "extract(epoch FROM {0})::text",
    "BinaryField": "encode({0}, 'hex')",
    "GenericIPAddressField": "host({0})",
    "ArrayField": "to_jsonb({0})::text",
}


def values_sql(model: type[models.Model], columns: Sequence[str], alias: str) -> str:
    """Return the SQL of the values of a row as an array of texts."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    texts = (
        TEXTS.get(fields[column].get_internal_type(), "{0}::text").format(f'{alias}."{column}"') for column in columns
    )
    return f"ARRAY[{', '.join(texts)}]::text[]"


def text_sql(name: str, form: int, columns: Sequence[str], values: str) -> str:
    """Return the SQL of the canonical form of a row, from the SQL of its values."""
    head = ", ".join(f"'{each}'" for each in (VERSION, name, form, ",".join(columns)))
    return f"to_json(ARRAY[{head}] || {values})::text"


def hash_sql(text: str) -> str:
    """Return the SQL of the SHA-256 of a text."""
    return f"sha256(convert_to({text}, 'UTF8'))"


def marks_sql(values: str) -> str:
    """Return the SQL of the first bytes of the hash of each value, one after the other."""
    whole = hash_sql("coalesce('=' || value, '')")
    mark = f"substring({whole} FROM 1 FOR {MARK})"
    return (
        f"(SELECT string_agg({mark}, ''::bytea ORDER BY place) FROM unnest({values}) WITH ORDINALITY u(value, place))"
    )


def mark(value: str | None) -> bytes:
    """Return the first bytes of the hash of a value, as ``marks_sql`` keeps them."""
    return digest("" if value is None else f"={value}")[:MARK]


def mark_sql(marks: str, columns: Sequence[str], column: str) -> str:
    """Return the SQL of the first bytes for one of the columns, from the SQL of the marks of all."""
    return f"substring({marks} FROM {columns.index(column) * MARK + 1} FOR {MARK})"


def canonical(row: models.Model, form: int, columns: Sequence[str]) -> str:
    """Return the canonical form of a row as it was read from the database."""
    fields = {field.column: field for field in row._meta.concrete_fields}
    values = [_text(getattr(row, fields[column].attname)) for column in columns]
    whole = [VERSION, row._meta.model_name, str(form), ",".join(columns), *values]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).digest()


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | list | dict):
        return _json(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value / timedelta(seconds=1):.6f}" if isinstance(value, timedelta) else str(value)


def _json(value: Any) -> str:
    """Return JSON as the database writes it: shorter keys first, and no exponents."""
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda pair: (len(pair[0].encode()), pair[0].encode()))
        return "{" + ", ".join(f"{_json(name)}: {_json(held)}" for name, held in ordered) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return json.dumps(value, ensure_ascii=False)
