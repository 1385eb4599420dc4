"""Load what a desk holds in bulk, by COPY: documents, their texts and passages, and vectors.

What is loaded is as the product's steps leave it, but nothing was fetched, and no WARC file is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection, models
from django.utils import timezone

from benchmarks.synthetic import Text
from sources.language.folding import fold
from sources.models import Capture, Document, FetchAttempt, Passage, Reading
from sources.models.vector import EmbeddingVector, Vector, group_of
from sources.models.vocabulary import Outcome
from workbench.desk import word_search
from workbench.desk.word_search import WordsField

AT_ONCE = 2_000  # texts
AROUND = 32  # characters kept before and after a passage
TAKEN = datetime(2026, 1, 1, tzinfo=UTC)


def load(texts: Iterable[Text], *, document: int = 1, passage: int = 1) -> int:
    """Add texts, one document and one reading each, with keys from these on; return how many passages they have."""
    first, left = passage, iter(texts)
    while some := list(islice(left, AT_ONCE)):
        numbers = range(document, document + len(some))
        copy(Document, (_document(number, text) for number, text in zip(numbers, some, strict=True)))
        copy(FetchAttempt, ({"id": number, "document_id": number, "outcome": Outcome.OK} for number in numbers))
        copy(Capture, (_capture(number) for number in numbers))
        copy(Reading, (_reading(number, text) for number, text in zip(numbers, some, strict=True)))
        rows = [row for number, text in zip(numbers, some, strict=True) for row in _passages(number, text)]
        copy(Passage, (row | {"id": passage + place} for place, row in enumerate(rows)))
        document, passage = document + len(some), passage + len(rows)
    for model in (Document, FetchAttempt, Capture, Reading, Passage):
        count_on(model)
    return passage - first


def keep_vectors(
    kind: type[EmbeddingVector], model: str, rows: Iterable[tuple[int, str, Vector]], *, first: int = 1
) -> None:
    """Add vectors of passages or readings, each given by the key and language of its text."""
    owner = f"{kind.owner}_id"
    copy(
        kind,
        (
            {owner: key, "id": number, "model": model, "language": group_of(language), "vector": written(vector)}
            for number, (key, language, vector) in enumerate(rows, first)
        ),
    )
    count_on(kind)


def written(vector: Vector) -> str:
    """Return a vector as PostgreSQL reads an array."""
    return "{" + ",".join(map("{:.5g}".format, vector.tolist())) + "}"


def copy(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows given as their columns; the model's own defaults stand for the others, and words are as on saving."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    indexes = word_search.fields_of(model)
    usual = {field.attname: _usual(field) for field in fields if field not in indexes}
    names = ", ".join(connection.ops.quote_name(name) for name in [*usual, *(field.column for field in indexes)])
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copying:
        for row in rows:
            columns = [row.get(name, value) for name, value in usual.items()]
            copying.write_row([*columns, *(_words(field, row) for field in indexes)])


def count_on(model: type[models.Model]) -> None:
    """Have the database number the next row after those that were loaded."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT coalesce(max(id), 1) FROM {table}))",  # noqa: S608
            [table],
        )


def settle() -> None:
    """Let the planner know what is there, as autovacuum does in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _usual(field: models.Field[Any, Any]) -> Any:
    value = timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()
    return field.get_db_prep_save(value, connection)


def _words(field: WordsField, row: Mapping[str, Any]) -> str:
    """Return the words of a row as PostgreSQL reads a tsvector; those of rows that belong to it are left out."""
    words = word_search.words_of(str(row.get(column, "")) for column in field.columns)
    return " ".join(f"'{word}'" for word in words)


def _document(number: int, text: Text) -> dict[str, Any]:
    host = f"press-{number % 500}.example"
    address = f"https://{host}/{number}"
    columns = {"title": text.title[:500], "language": text.language, "last_outcome": Outcome.OK, "due_at": None}
    return {"id": number, "url": address, "host": host, **columns}


def _capture(number: int) -> dict[str, Any]:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    columns = {"sha256": digest, "size": 1_000, "warc_file": "none", "warc_offset": 0, "warc_length": 1}
    return {"id": number, "document_id": number, "attempt_id": number, "taken_at": TAKEN, **columns}


def _reading(number: int, text: Text) -> dict[str, Any]:
    whole = "\n".join(text.passages)
    columns = {"read_at": TAKEN, "outcome": Outcome.OK, "title": text.title, "language": text.language, "due_at": None}
    return {"id": number, "capture_id": number, "reader": "benchmark@1", "text": whole, **columns}


def _passages(number: int, text: Text) -> Iterator[dict[str, Any]]:
    whole, start = "\n".join(text.passages), 0
    for exact in text.passages:
        end = start + len(exact)
        yield {
            "reading_id": number,
            "start": start,
            "end": end,
            "exact": exact,
            "prefix": whole[max(0, start - AROUND) : start],
            "suffix": whole[end : end + AROUND],
            "language": text.language,
            "folded": fold(exact, text.language),
        }
        start = end + 1
