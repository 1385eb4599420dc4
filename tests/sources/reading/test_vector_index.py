import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction

from sources.models import EmbeddingModel, PassageVector, ReadingVector
from sources.reading import embedding, retrieval, vector_index
from tests import databases, make
from workbench.desk import owner

MODEL = "it's a model@1"
WIDTH = 8


def build(*given):
    with owner.acting():
        vector_index.build(*given)


def drop(*models):
    with databases.unbound() as cursor:
        for name in {name for model in models for name in vector_index.names(model)}:
            cursor.execute(f"DROP INDEX IF EXISTS {connection.ops.quote_name(name)}")


def vector(place, other=0.0):
    row = np.zeros(WIDTH, dtype=np.float32)
    row[place], row[-1] = 1.0, other
    return row / np.linalg.norm(row)


def kept(language, *vectors):
    passages = [make.passage(f"Passage number {number}.", language=language) for number, _row in enumerate(vectors)]
    PassageVector.objects.keep(MODEL, [(passage, row, "") for passage, row in zip(passages, vectors, strict=True)])
    return [passage.pk for passage in passages]


@pytest.fixture(params=["pgvector", "exact"])
def way(request, monkeypatch, db):
    """Run with the extension, and as on a server without it."""
    if request.param == "pgvector" and not vector_index.has_pgvector():
        pytest.skip("this PostgreSQL has no pgvector")
    if request.param == "exact":
        monkeypatch.setattr(vector_index, "has_pgvector", lambda: False)
        monkeypatch.setattr(vector_index, "quick_groups", lambda *_which: set())
    return request.param


@pytest.mark.usefixtures("way")
def test_the_nearest_come_first_with_their_cosines():
    near, far, _away = kept("fr", vector(0, 0.5), vector(0, 2.0), vector(1))

    found = vector_index.nearest(PassageVector, MODEL, vector(0), 2)["fr"]

    assert [key for key, _cosine in found] == [near, far]
    assert [cosine for _key, cosine in found] == pytest.approx([0.894, 0.447], abs=1e-3)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("language", "group"), [("ar", "ar"), ("de", ""), ("", ""), ("ru", "")])
def test_each_group_of_languages_is_searched_apart(language, group):
    (wanted,) = kept(language, vector(0))
    kept("fr", vector(0))

    assert [key for key, _cosine in vector_index.nearest(PassageVector, MODEL, vector(0), 5)[group]] == [wanted]


@pytest.mark.usefixtures("way")
def test_what_has_no_vector_is_not_found():
    passage = make.passage("…", language="fr")
    PassageVector.objects.keep(MODEL, [(passage, None, "no words")])

    assert vector_index.nearest(PassageVector, MODEL, vector(0), 5)["fr"] == []
    assert PassageVector.objects.by_owner(MODEL, [passage.pk]) == {passage.pk: None}


@pytest.mark.usefixtures("way")
def test_readings_are_searched_as_passages_are():
    reading = make.reading(language="fr")
    ReadingVector.objects.keep(MODEL, [(reading, vector(0), "")])

    assert [key for key, _cosine in vector_index.nearest(ReadingVector, MODEL, vector(0), 5)["fr"]] == [reading.pk]


@pytest.mark.usefixtures("way")
def test_where_copies_take_most_places_more_is_looked_through():
    copied = kept("fr", *[vector(0, 0.1)] * 40)
    others = kept("fr", vector(0, 0.5), vector(0, 1.0), vector(0, 2.0))

    found = [key for key, _cosine in vector_index.nearest(PassageVector, MODEL, vector(0), 5)["fr"]]

    assert (set(found[:40]), found[40:]) == (set(copied), others)


@pytest.mark.usefixtures("way")
def test_what_many_outlets_repeat_does_not_raise_the_level_of_ordinary_passages():
    kept("fr", *[vector(0, 0.1)] * 40, vector(0, 0.5), vector(0, 1.0))
    kept("ar", vector(0, 0.1), vector(0, 0.5), vector(0, 1.0))

    levels = retrieval.levels_near(vector(0), MODEL)

    assert levels["fr"] == pytest.approx(levels["ar"])


def test_problems_say_when_meaning_is_compared_with_the_newest_only(way):
    found = vector_index.health()

    assert (found.ok, bool(found.problem)) == (None, way == "exact")
    assert found.figures["pgvector"] is (way == "pgvector")


@pytest.mark.django_db(transaction=True)
def test_while_the_index_of_a_large_table_is_built_the_newest_are_compared_and_problems_say_so(monkeypatch):
    if not vector_index.has_pgvector():
        pytest.skip("this PostgreSQL has no pgvector")
    (row,) = EmbeddingModel.objects.filter(name=embedding.model()) or [
        EmbeddingModel.objects.create(name=embedding.model(), width=WIDTH)
    ]
    drop(row.name)  # another test may have built it
    monkeypatch.setattr(vector_index, "SMALL", -2)  # every table is large
    monkeypatch.setattr(vector_index, "WINDOW", 3)
    keys = kept("fr", *[vector(0, number / 10) for number in range(6)])
    try:
        assert vector_index.health().problem.startswith("The index of vectors is not built yet.")
        found = [key for key, _cosine in vector_index.nearest(PassageVector, MODEL, vector(0), 5)["fr"]]
        assert found == keys[-3:]
        build(MODEL, WIDTH)
        found = [key for key, _cosine in vector_index.nearest(PassageVector, MODEL, vector(0), 5)["fr"]]
        assert found == keys[:5]
        build(row.name, row.width)
        assert vector_index.health().problem == ""
    finally:
        drop(MODEL, row.name)


@pytest.mark.django_db(transaction=True)
def test_a_large_index_is_built_with_the_memory_that_it_needs(monkeypatch):
    if not vector_index.has_pgvector():
        pytest.skip("this PostgreSQL has no pgvector")
    kept("fr", *[vector(0, number / 10) for number in range(6)])
    monkeypatch.setattr(vector_index, "PER_VECTOR", 2**20)
    try:
        with owner.acting(), connection.cursor() as cursor:
            cursor.execute("ANALYZE sources_passagevector, sources_readingvector")
            cursor.execute("SET maintenance_work_mem = '1MB'")
            vector_index.build(MODEL, WIDTH)
            cursor.execute("SELECT setting::int FROM pg_settings WHERE name = 'maintenance_work_mem'")
            assert 6 * 1024 <= cursor.fetchone()[0] < 7 * 1024
    finally:
        drop(MODEL)


@pytest.mark.django_db(transaction=True)
def test_indexes_are_built_used_and_dropped():
    if not vector_index.has_pgvector():
        pytest.skip("this PostgreSQL has no pgvector")
    kept("fr", *[vector(number % 7, number / 50) for number in range(50)])
    try:
        assert not vector_index.built(MODEL)
        build(MODEL, WIDTH)
        build(MODEL, WIDTH)  # again, in vain
        assert vector_index.built(MODEL)
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off; SET enable_sort = off")
            cursor.execute("EXPLAIN " + vector_index.question(PassageVector, MODEL, vector(0), "fr", 5))
            plan = "\n".join(line for (line,) in cursor.fetchall())
            cursor.execute("RESET enable_seqscan; RESET enable_sort")
        assert "sources_passagevector_fr_" in plan
    finally:
        drop(MODEL)
    assert not vector_index.built(MODEL)


@pytest.mark.django_db
def test_a_worker_builds_the_indexes_of_few_vectors_and_drops_those_that_are_empty():
    if not vector_index.has_pgvector():
        pytest.skip("this PostgreSQL has no pgvector")
    make.embedding_model(MODEL)
    kept("fr", vector(0))
    databases.run("SET CONSTRAINTS ALL IMMEDIATE")  # a worker's step begins outside a transaction

    vector_index.build_few(MODEL, WIDTH)
    vector_index.build_few(MODEL, WIDTH)  # again, in vain

    assert vector_index.built(MODEL)
    with pytest.raises(DatabaseError, match="still has vectors"), transaction.atomic():
        vector_index.drop(MODEL)
    PassageVector.objects.all().delete()
    databases.run("SET CONSTRAINTS ALL IMMEDIATE")
    vector_index.drop(MODEL)
    assert not vector_index.built(MODEL)
