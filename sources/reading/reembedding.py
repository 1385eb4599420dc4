"""Embed readings that lack a vector, after a change of model or an outage of the server; build the vector indexes."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from sources.models import Arrival, EmbeddingModel, PassageVector, Reading, ReadingVector
from sources.models.vocabulary import Outcome
from sources.reading import embedding, vector_index
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

AT_ONCE = 100  # readings looked at in one step
SECONDS = 3.0  # of embedding in one step
QUICKLY_INDEXED = 20_000  # vectors; more are indexed by a command, because a step has not the time
REMOVED_AT_ONCE = 5_000  # vectors of an old model
LATER = timedelta(minutes=10)
BEGINNING = 600  # characters of the text that a reading's vector is made of, with its title


def due() -> WorkQuerySet:
    """Return the embedding models, for a worker; note the one that the settings ask for where it is new."""
    models: WorkQuerySet = EmbeddingModel.objects.all()
    wanted = embedding.configured()
    row = models.filter(name=wanted).first() if wanted else None
    if wanted and row is None:
        with contextlib.suppress(IntegrityError, Failed, Refused), transaction.atomic():  # or another worker noted it
            EmbeddingModel.objects.create(name=wanted, width=embedding.width(wanted))
    elif row is not None and row.ready_at is None and row.due_at is None and not row.trouble:
        row.ask()  # it was out of use, and is wanted again
    return models


def embed(row: EmbeddingModel) -> Generator[None, None, Next]:
    """Give the next readings the vectors that they lack; once all have them, take the model into use."""
    if row.name != embedding.configured():
        yield
        return _retire(row)
    index = _index(row)
    if index is not None:
        yield
        return index
    readings = list(_next(row))
    lacking = [reading for reading in readings if not reading.vectors.filter(model=row.name).exists()]
    made = embedding.of_passages([beginning(each.title, each.text) for each in lacking], row.name, SECONDS)
    yield
    done = lacking[: len(made)]
    ReadingVector.objects.keep(row.name, [(reading, *each) for reading, each in zip(done, made, strict=True)])
    if row.ready_at is not None:  # these were compared by their words alone
        Arrival.objects.bulk_create([Arrival(reading=reading) for reading in done], ignore_conflicts=True)
    if len(made) < len(lacking):
        row.through = lacking[len(made)].pk - 1
    elif readings:
        row.through = readings[-1].pk
    else:
        row.ready_at = row.ready_at or timezone.now()
    row.save(update_fields=["through", "ready_at"])
    return timezone.now() if readings else None


def beginning(title: str, text: str) -> str:
    """Return the words that stand for a whole reading: its title and how it begins."""
    return f"{title}\n{text[:BEGINNING]}".strip()


def lacks(reading: Reading) -> None:
    """Note that a reading got no vector: its model goes back to it."""
    row = EmbeddingModel.objects.filter(name=embedding.configured()).first()
    if row is not None:
        EmbeddingModel.objects.filter(pk=row.pk, through__gte=reading.pk).update(through=reading.pk - 1)
        row.come_back(timezone.now() + timedelta(minutes=1))


def index_all() -> list[str]:
    """Build the indexes of the configured model now, however long it takes; return the names of its indexes."""
    row = due().filter(name=embedding.configured()).first()
    if row is None or not vector_index.has_pgvector():
        return []
    vector_index.build(row.name, row.width)
    row.ask()
    return sorted(vector_index.names(row.name))


def _retire(row: EmbeddingModel) -> Next:
    """Remove the vectors of a model that is out of use, once the model after it is in use."""
    if row.name == embedding.model():
        return timezone.now() + LATER
    for kind in (PassageVector, ReadingVector):
        old = kind.objects.filter(model=row.name).order_by("pk").values("pk")[:REMOVED_AT_ONCE]
        if kind.objects.filter(pk__in=old).delete()[0]:
            return timezone.now()
    vector_index.drop(row.name)
    row.through, row.ready_at = 0, None
    row.save(update_fields=["through", "ready_at"])
    return None


def _next(row: EmbeddingModel) -> list[Reading]:
    found = Reading.objects.filter(pk__gt=row.through, read_at__isnull=False, outcome=Outcome.OK)
    return list(found.order_by("pk")[:AT_ONCE])


def _index(row: EmbeddingModel) -> Next:
    """Build the indexes of a model if there are few vectors; return what to wait for where there are too many."""
    if not vector_index.has_pgvector() or row.width > vector_index.WIDEST or vector_index.built(row.name):
        return None
    highest = PassageVector.objects.aggregate(last=Max("pk"))["last"] or 0
    if highest > QUICKLY_INDEXED:
        return Trouble("The vectors have no index. Run: manage.py index_vectors")
    vector_index.build(row.name, row.width)
    return None
