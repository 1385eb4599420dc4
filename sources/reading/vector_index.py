"""The vector index: find nearest vectors with pgvector (halfvec, HNSW), or else exactly among the newest ones."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from sources.capturing import archive_room, sandbox_health
from sources.models import EmbeddingModel
from sources.models.full_text import STEMMED
from sources.models.vector import GROUPS, EmbeddingVector, Vector
from sources.reading import copies, embedding
from workbench.desk.declarations import Health

WINDOW = 5_000  # newest vectors of a group that are compared where nothing indexes them: about a tenth of a second
WIDEST = 4_000  # numbers; pgvector indexes no longer ``halfvec``
SMALL = 20_000  # rows of a table that is read as quickly as its index, by the planner's estimate
MEMORY = 1_024  # megabytes at most for building an index; one that does not fit is built ten times as slowly
PER_VECTOR = 600  # bytes that a vector takes while its index is built, besides two for each of its numbers
EXPLORED = 120  # HNSW's ef_search: vectors that a search keeps in mind; it finds at most as many different ones
DEEPEST = 1_000  # as many as ef_search may be; looked through where copies of few texts take most places
SAME = 6  # digits: copies of one text mostly have one vector, so one cosine
# As ``array_send`` gives a real[] without nulls: five numbers about the array, then each length and value, big-endian.
HEAD, ITEM = 20, np.dtype([("length", ">i4"), ("value", ">f4")])

Near = copies.Found  # keys of passages or readings with their cosines, the nearest first


def has_pgvector() -> bool:
    """Return whether the database has the extension, in a version that knows ``halfvec`` (0.7 or later)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regtype('halfvec') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def health() -> Health:
    """Say how vectors are compared: by an index, or exactly among the newest only."""
    try:
        indexed = has_pgvector()
    except DatabaseError:
        return Health(ok=None)
    if not indexed:
        problem = _("This PostgreSQL has no pgvector: meaning is compared with the newest texts only.")
        return Health(ok=None, figures={"pgvector": False}, problem=problem)
    unbuilt = _unbuilt()
    problem = _("The index of vectors is not built yet. Until it is, meaning is compared with the newest texts only.")
    return Health(ok=None, figures={"pgvector": True, "built": not unbuilt}, problem=problem if unbuilt else "")


HEALTH_CHECKS = {**archive_room.HEALTH_CHECKS, **sandbox_health.HEALTH_CHECKS, "vectors": health}  # of this app


def names(model: str) -> set[str]:
    """Return the names of the indexes for the vectors of a model."""
    return {_name(kind, model, group) for kind in EmbeddingVector.__subclasses__() for group in GROUPS}


def built(model: str) -> bool:
    """Return whether all indexes for a model are there and whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE indisvalid AND relname = ANY(%s)",
            [list(names(model))],
        )
        return bool(cursor.fetchone()[0] == len(names(model)))


def build(model: str, width: int) -> None:
    """Build the indexes for a model, without keeping writers out; what an earlier attempt left unfinished goes first.

    By the owner of the tables only, outside a transaction. A million vectors take about a quarter of an hour on two
    cores.
    """
    with connection.cursor() as cursor:
        _use_memory(cursor, width)
        for kind in EmbeddingVector.__subclasses__():
            for group in GROUPS:
                name, table = (connection.ops.quote_name(each) for each in (_name(kind, model, group), _table(kind)))
                cursor.execute(
                    "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [_name(kind, model, group)]
                )
                found = cursor.fetchone()
                if found and found[0]:
                    continue
                if found:
                    cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
                cursor.execute(
                    f"CREATE INDEX CONCURRENTLY {name} ON {table}"
                    f" USING hnsw ((vector::halfvec({int(width)})) halfvec_ip_ops) WHERE {_within(model, group)}"
                )


def build_few(model: str, width: int) -> None:
    """Build the indexes for a model that has few vectors; writers wait meanwhile. Any worker may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sources_index_vectors(%s, %s, %s)", [model, width, list(GROUPS)])


def drop(model: str) -> None:
    """Remove the indexes of a model that is out of use and has no vectors left. Any worker may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sources_drop_vector_indexes(%s)", [model])


def nearest(kind: type[EmbeddingVector], model: str, vector: Vector, most: int) -> dict[str, Near]:
    """Return the passages or readings whose vectors are nearest to this one, in each group of languages.

    By the index where there is one: it may miss a few. Without pgvector, and while the index of a large table is being
    built, exactly, among the newest ``WINDOW`` of a group. Where copies of few texts took most places, up to
    ``DEEPEST`` are returned: choose among them with ``copies``.
    """
    quick = quick_groups(kind, model) if len(vector) <= WIDEST else set()
    found: dict[str, Near] = {group: [] for group in GROUPS}
    found |= _indexed(kind, model, vector, quick, most, EXPLORED)
    for group in set(GROUPS) - quick:
        nearest_of_group = _compared(kind, model, vector, group)
        found[group] = nearest_of_group[:most]
        if copies.are_a_crowd(cosines(found[group]), most):
            found[group] = nearest_of_group
    crowded = {group for group in quick if copies.are_a_crowd(cosines(found[group]), most)}
    return found | _indexed(kind, model, vector, crowded, DEEPEST, DEEPEST)


def cosines(near: Near) -> list[float]:
    """Return the cosines, rounded: copies of one text have the same."""
    return [round(cosine, SAME) for _key, cosine in near]


def _indexed(
    kind: type[EmbeddingVector], model: str, vector: Vector, groups: set[str], most: int, explored: int
) -> dict[str, Near]:
    if not groups:
        return {}
    asked = " UNION ALL ".join(f"({question(kind, model, vector, group, most)})" for group in sorted(groups))
    found: dict[str, Near] = {group: [] for group in groups}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL hnsw.ef_search = {explored}")
        cursor.execute(asked)
        for group, key, cosine in sorted(cursor.fetchall(), key=lambda row: -row[2]):
            found[group].append((key, float(cosine)))
    return found


def question(kind: type[EmbeddingVector], model: str, vector: Vector, group: str, most: int) -> str:
    """Return the question for the nearest vectors of a group in SQL, worded so that the index can answer it."""
    given = f"'[{','.join(f'{number:.6g}' for number in vector)}]'::halfvec({len(vector)})"
    distance = f"vector::halfvec({len(vector)}) <#> {given}"  # the negative inner product: the cosine of length one
    return (
        f"SELECT '{group}', {kind.owner}_id, -({distance}) FROM {_table(kind)}"  # noqa: S608 -- names and numbers of ours
        f" WHERE {_within(model, group)} AND vector IS NOT NULL ORDER BY {distance} LIMIT {int(most)}"
    )


def quick_groups(kind: type[EmbeddingVector], model: str) -> set[str]:
    """Return the groups in which pgvector finds the nearest vectors at once: by the index, or in a small table."""
    named = {_name(kind, model, group): group for group in GROUPS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) name WHERE to_regtype('halfvec') IS NOT NULL"
            " AND ((SELECT reltuples <= %s FROM pg_class WHERE oid = %s::regclass)"
            " OR EXISTS (SELECT FROM pg_index WHERE indisvalid AND indexrelid = to_regclass(name)))",
            [list(named), SMALL, _table(kind)],
        )
        return {named[name] for (name,) in cursor.fetchall()}


def _unbuilt() -> bool:
    """Return whether the vectors in use lack an index that they need."""
    row = EmbeddingModel.objects.filter(name=embedding.model(), width__lte=WIDEST).first()
    if row is None:
        return False
    return any(quick_groups(kind, row.name) != set(GROUPS) for kind in EmbeddingVector.__subclasses__())


def _use_memory(cursor: Any, width: int) -> None:
    """Let this connection take the memory that the largest index needs to be built, within ``MEMORY``.

    Several processes would take it from /dev/shm, which containers keep small; one process takes it from anywhere.
    """
    cursor.execute(
        "SELECT max(reltuples), (SELECT setting::bigint FROM pg_settings WHERE name = 'maintenance_work_mem')"
        " FROM pg_class WHERE oid = ANY(%s::regclass[])",
        [[_table(kind) for kind in EmbeddingVector.__subclasses__()]],
    )
    rows, kilobytes = cursor.fetchone()
    needed = min(MEMORY * 1024, int(max(rows, 0) * (2 * width + PER_VECTOR) / 1024))
    if needed > kilobytes:
        cursor.execute(f"SET maintenance_work_mem = '{needed}kB'")
        cursor.execute("SET max_parallel_maintenance_workers = 0")


def _compared(kind: type[EmbeddingVector], model: str, vector: Vector, group: str) -> Near:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {kind.owner}_id, array_send(vector) FROM {_table(kind)}"  # noqa: S608 -- names of ours
            f" WHERE {_within(model, group)} AND vector IS NOT NULL ORDER BY id DESC LIMIT {WINDOW}"
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    products = unpacked([bytes(row[1]) for row in rows]) @ vector
    best = np.argsort(-products)[:DEEPEST]
    return [(rows[place][0], float(products[place])) for place in best]


def unpacked(rows: list[bytes]) -> NDArray[np.float32]:
    """Return a matrix from vectors of one width as ``array_send`` gives them."""
    items = np.frombuffer(b"".join(row[HEAD:] for row in rows), dtype=ITEM)
    return np.asarray(items["value"], dtype=np.float32).reshape(len(rows), -1)


def _within(model: str, group: str) -> str:
    """Return the condition of an index, word for word the same in each query: else it is not used."""
    quoted = model.replace("'", "''")
    others = ", ".join(f"'{code}'" for code in STEMMED)
    return f"model = '{quoted}' AND " + (f"language = '{group}'" if group else f"language NOT IN ({others})")


def _table(kind: type[EmbeddingVector]) -> str:
    return kind._meta.db_table


@cache
def _name(kind: type[EmbeddingVector], model: str, group: str) -> str:
    return f"{_table(kind)}_{group or 'other'}_{hashlib.sha256(model.encode()).hexdigest()[:8]}"
