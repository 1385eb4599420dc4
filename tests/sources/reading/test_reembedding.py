from datetime import timedelta

import pytest
from django.db import connection

from sources.language import embedding_model
from sources.models import Arrival, EmbeddingModel, PassageVector, ReadingVector
from sources.reading import embedding, reembedding, vector_index
from tests import make
from workbench.desk.work_queue import drain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not embedding_model.available(), reason="the embedding engine does not run here"),
]
OURS = embedding_model.MODEL


def work():
    drain(reembedding.due(), reembedding.embed, budget=timedelta(seconds=60))


def test_readings_that_lack_a_vector_get_one_and_the_model_comes_into_use():
    first, second = make.reading(language="fr"), make.reading(language="ar")

    work()

    row = EmbeddingModel.objects.get()
    assert (row.name, row.through, row.trouble, row.due_at) == (OURS, second.pk, "", None)
    assert row.ready_at is not None
    assert set(ReadingVector.objects.values_list("reading", "language")) == {(first.pk, "fr"), (second.pk, "ar")}
    passages = PassageVector.objects.filter(passage__reading__in=[first, second])
    assert passages.count() == first.passages.count() + second.passages.count()
    assert set(Arrival.objects.values_list("reading", flat=True)) == {first.pk, second.pk}  # with all their vectors
    assert vector_index.built(OURS) or not vector_index.has_pgvector()


def test_what_is_embedded_late_is_compared_with_claims_again():
    work()
    Arrival.objects.all().delete()
    reading = make.reading(language="fr")
    EmbeddingModel.objects.update(through=reading.pk)

    reembedding.lacks(reading)
    EmbeddingModel.objects.get().ask()
    work()

    assert ReadingVector.objects.get().reading == reading
    assert Arrival.objects.get().reading == reading


def test_the_model_in_use_goes_on_until_the_next_one_has_met_every_reading(settings):
    make.reading(language="fr")
    work()
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "next"
    following = make.embedding_model("next")

    before = embedding.model()
    EmbeddingModel.objects.filter(pk=following.pk).update(ready_at=following.due_at)
    after = embedding.model()

    assert (before, after) == (OURS, "next")


def test_vectors_of_a_model_out_of_use_go(settings):
    make.vector(make.reading(language="fr").passages.first(), model="old")
    old = make.embedding_model("old")

    work()

    assert not PassageVector.objects.filter(model="old").exists()
    old.refresh_from_db()
    assert (old.due_at, old.trouble) == (None, "")


def test_many_vectors_without_an_index_are_told_as_trouble(monkeypatch):
    if not vector_index.has_pgvector():
        pytest.skip("this PostgreSQL has no pgvector")
    vector_index.drop(OURS)  # no vectors yet
    monkeypatch.setattr(reembedding, "QUICKLY_INDEXED", 0)
    make.vector(model=OURS, vector=[1.0] + [0.0] * (embedding_model.WIDTH - 1))

    work()

    assert "manage.py index_vectors" in EmbeddingModel.objects.get().trouble
    assert reembedding.index_all() == sorted(vector_index.names(OURS))
    work()
    assert EmbeddingModel.objects.get().trouble == ""
    connection.close()
