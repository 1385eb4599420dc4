"""Embed readings that lack a vector, after a change of model or an outage of the server; build the vector indexes."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone

from sources.models import Arrival, EmbeddingModel, Passage, PassageVector, Reading, ReadingVector
from sources.models.vocabulary import Outcome
from sources.reading import embedding, vector_index
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk import owner
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

AT_ONCE = 100  # readings looked at in one step
SECONDS = 3.0  # of embedding in one step
QUICKLY_INDEXED = 5_000  # vectors, as the database allows; more take a command, because a step has not the time
REMOVED_AT_ONCE = 5_000  # vectors of an old model
LATER = timedelta(minutes=10)
SOON = timedelta(seconds=5)
MOST_PASSAGES = 400  # of one reading
BEGINNING = 600  # characters of the text that a reading's vector is made of, with its title


def due() -> WorkQuerySet:
    """Return the embedding models, for a worker; note the one that the settings ask for where it is new."""
    models: WorkQuerySet = EmbeddingModel.objects.all()
    wanted = embedding.configured()
    if wanted:
        row, _is_new = EmbeddingModel.objects.get_or_create(name=wanted, defaults={"width": 0})
        if row.due_at is None and not row.trouble and _is_left(row):
            row.ask()
    models.exclude(name=wanted).filter(ready_at__isnull=False, due_at=None, trouble="").ask()  # these are out of use
    return models


def embed(row: EmbeddingModel) -> Generator[None, None, Next]:
    """Give the next readings the vectors that they lack; once all have them, take the model into use."""
    if row.name != embedding.configured():
        yield
        return _retire(row)
    before, readings = row.through, _beginnings(row)
    if row.ready_at is not None and not readings:
        return (yield from _embed_the_rest(row))
    try:
        width = row.width or embedding.width(row.name)
        index = _index(row, width)
        known = ReadingVector.objects.filter(model=row.name, reading__in=readings).values_list("reading", flat=True)
        met = set(known)
        lacking = [reading for reading in readings if reading.pk not in met]
        made = embedding.of_passages([beginning(each.title, each.begins) for each in lacking], row.name, SECONDS)
    except (Failed, Refused) as reason:
        yield
        return Trouble(str(reason), wait=LATER)
    yield
    EmbeddingModel.objects.filter(pk=row.pk).update(width=width)
    if index is not None:
        return index
    done = lacking[: len(made)]
    ReadingVector.objects.keep(row.name, [(reading, *each) for reading, each in zip(done, made, strict=True)])
    if row.ready_at is not None:  # these were compared by their words alone
        Arrival.objects.bulk_create([Arrival(reading=reading) for reading in done], ignore_conflicts=True)
    if not readings:
        EmbeddingModel.objects.filter(pk=row.pk, ready_at=None).update(ready_at=timezone.now())
        return timezone.now()
    through = lacking[len(made)].pk - 1 if len(made) < len(lacking) else readings[-1].pk
    EmbeddingModel.objects.filter(pk=row.pk, through=before).update(through=through)  # unless one was found to lack it
    return timezone.now()


def _is_left(row: EmbeddingModel) -> bool:
    """Say whether a model that rests has something to do; one that was out of use is wanted again."""
    return row.ready_at is None or _unmet(row).exists() or _unfinished(row).exists()


def _embed_the_rest(row: EmbeddingModel) -> Generator[None, None, Next]:
    """Embed the other passages of the next readings, while nothing else waits; then have them compared once more.

    The beginning of a text cannot tell all that stands deep in it, least of all in another language.
    """
    if Reading.objects.filter(due_at__lte=timezone.now(), tries=0).exists():
        yield
        return timezone.now() + SOON
    reading = _unfinished(row).defer("text").first()
    passages = list(Passage.objects.filter(reading=reading).order_by("start")[:MOST_PASSAGES])
    known = PassageVector.objects.by_owner(row.name, [passage.pk for passage in passages])
    lacking = [passage for passage in passages if passage.pk not in known]
    try:
        made = embedding.of_passages([passage.exact for passage in lacking], row.name, SECONDS)
    except (Failed, Refused) as reason:
        yield
        return Trouble(str(reason), wait=LATER)
    yield
    PassageVector.objects.keep(row.name, [(passage, *each) for passage, each in zip(lacking, made, strict=False)])
    if reading is not None and len(made) == len(lacking):
        if lacking:
            Arrival.objects.get_or_create(reading=reading)
        before = row.passages_through
        EmbeddingModel.objects.filter(pk=row.pk, passages_through=before).update(passages_through=reading.pk)
    return timezone.now() if reading is not None else None


def arrive(reading: Reading) -> None:
    """Have a reading compared with open claims now, and the rest of its passages embedded once there is time."""
    Arrival.objects.get_or_create(reading=reading)
    EmbeddingModel.objects.filter(passages_through__gte=reading.pk).update(passages_through=reading.pk - 1)


def beginning(title: str, text: str) -> str:
    """Return the words that stand for a whole reading: its title and how it begins."""
    return f"{title}\n{text[:BEGINNING]}".strip()


def lacks(reading: Reading) -> None:
    """Note that a reading was not compared by its meaning. A worker embeds it again; then it is compared."""
    ReadingVector.objects.filter(reading=reading, model=embedding.configured()).delete()
    row = EmbeddingModel.objects.filter(name=embedding.configured()).first()
    if row is not None:
        EmbeddingModel.objects.filter(pk=row.pk, through__gte=reading.pk).update(through=reading.pk - 1)
        row.come_back(timezone.now() + timedelta(minutes=1))


def index_all() -> list[str]:
    """Build the indexes of the configured model now, however long it takes; return the names of its indexes."""
    row = due().filter(name=embedding.configured()).first()
    if row is None or not vector_index.has_pgvector():
        return []
    width = row.width or embedding.width(row.name)
    with owner.acting():
        vector_index.build(row.name, width)
    row.ask()
    return sorted(vector_index.names(row.name))


def _retire(row: EmbeddingModel) -> Next:
    """Remove the vectors of a model that is out of use, once the model after it is in use."""
    if row.name == embedding.model():
        return timezone.now() + LATER
    EmbeddingModel.objects.filter(pk=row.pk).update(ready_at=None, through=0, passages_through=0)
    for kind in (PassageVector, ReadingVector):
        old = kind.objects.filter(model=row.name).order_by("pk").values("pk")[:REMOVED_AT_ONCE]
        if kind.objects.filter(pk__in=old).delete()[0]:
            return timezone.now()
    vector_index.drop(row.name)
    return None


def _beginnings(row: EmbeddingModel) -> list[Any]:
    """Return the next readings that a model has not met, each with how its text begins instead of the whole text."""
    return list(_unmet(row).annotate(begins=Left("text", BEGINNING)).defer("text")[:AT_ONCE])


def _unmet(row: EmbeddingModel) -> QuerySet[Reading]:
    return _read().filter(pk__gt=row.through)


def _unfinished(row: EmbeddingModel) -> QuerySet[Reading]:
    return _read().filter(pk__gt=row.passages_through)


def _read() -> QuerySet[Reading]:
    done = Reading.objects.filter(read_at__isnull=False, outcome=Outcome.OK, is_left_out=False)
    return done.exclude(text="").order_by("pk")


def _index(row: EmbeddingModel, width: int) -> Next:
    """Build the indexes of a model if there are few vectors; return what to wait for where there are too many."""
    if not vector_index.has_pgvector() or width > vector_index.WIDEST or vector_index.built(row.name):
        return None
    for kind in (PassageVector, ReadingVector):
        if kind.objects.filter(model=row.name)[QUICKLY_INDEXED : QUICKLY_INDEXED + 1].exists():
            return Trouble("The vectors have no index. Run: manage.py index_vectors", wait=LATER)
    vector_index.build_few(row.name, width)
    return None
