"""Match new coverage with all open claims at once: each new reading is compared once, and claims rest meanwhile."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

import numpy as np
from django.db import DatabaseError
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.evidence import claim_index, suggesting
from claims.evidence.claim_index import ClaimIndex
from claims.evidence.suggesting import Scored
from claims.models import Appearance, Claim, ClaimVector, Comparison
from claims.models.vocabulary import CLOSED
from sources.language import similarity
from sources.language.similarity import Worded
from sources.models import Arrival, Document, Passage, PassageVector, Reading, ReadingVector
from sources.models.vector import Vector, group_of
from sources.reading import embedding, reembedding, retrieval, vector_index
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk.declarations import Health
from workbench.desk.work_queue import Next, WorkQuerySet

log = logging.getLogger(__name__)

MOST_TRIES = 5  # of one reading; then it needs attention from a person
MOST_FAILED = 1_000  # counted
LATE = 900  # seconds that a new reading may wait
PARTS = 8  # of the comparison: so many workers can compare at the same time
FIRST = 1  # key of the first part
MOST_LOOKED_AT = 500  # new readings, to see which parts have something to do
MOST_READINGS = 50  # looked at in one step
SECONDS = 4.0  # of one step, about
STALE = timedelta(minutes=1)  # the levels of ordinary cosines move as coverage comes in; too low, they suggest too much
MOST_LEVELED = 20  # wordings that get new levels in one step: about a fifth of a second
MOST_PASSAGES = 400  # of one reading
MOST_EMBEDDED = 60  # of its passages, the most similar by their words first


@dataclass
class Met:
    """What the comparison of some readings gave, before we store it."""

    model: str
    readings: list[int] = field(default_factory=list)  # that were compared to the end
    scored: dict[int, list[Scored]] = field(default_factory=lambda: defaultdict(list))  # by claim
    passage_vectors: list[tuple[Passage, Vector | None, str]] = field(default_factory=list)
    reading_vectors: list[tuple[Reading, Vector | None, str]] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)  # readings with more to embed than the step had time for
    failed: list[int] = field(default_factory=list)  # readings that could not be compared at all
    unread: list[Reading] = field(default_factory=list)  # compared by their words alone: the server did not answer


def due() -> WorkQuerySet:
    """Return the parts of the comparison, for a worker; a part is made due where coverage of it has arrived.

    Of new readings each part takes those whose number falls on it, so several workers compare at the same time, and
    none of them what another does. The first part also sees to it that the model has changed.
    """
    rows: WorkQuerySet = Comparison.objects.all()
    there = {row.pk: row for row in rows}
    wanted = {_part(key) for key in _waiting().order_by("at", "pk").values_list("pk", flat=True)[:MOST_LOOKED_AT]}
    state = embedding.state(embedding.model())
    if FIRST in there and there[FIRST].model != state:
        wanted.add(FIRST)
    for part in sorted(wanted):
        held = {"model": state if part == FIRST else ""}
        row = there.get(part) or Comparison.objects.get_or_create(pk=part, defaults=held)[0]
        if row.due_at is None and not row.trouble:
            row.ask()
    return rows


def _part(reading: int) -> int:
    """Return which part of the comparison takes a reading."""
    return FIRST + reading % PARTS


def _waiting() -> QuerySet[Arrival]:
    return Arrival.objects.filter(failures__lt=MOST_TRIES)


def health() -> Health:
    """Say how long the oldest new reading has waited to be compared, and how many could not be."""
    try:
        oldest = _waiting().order_by("at").values_list("at", flat=True).first()
        failed = Arrival.objects.filter(failures__gte=MOST_TRIES)[:MOST_FAILED].count()
    except DatabaseError:
        return Health(ok=None)
    seconds = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    problem = _("New coverage has waited to be compared with claims for longer than usual.") if seconds > LATE else ""
    if failed and not problem:
        problem = _("Some new coverage could not be compared with claims. The log of the worker says why.")
    figures = {"oldest_seconds": round(seconds, 1), "set_aside": failed}
    return Health(ok=seconds <= LATE, figures=figures, problem=problem)


HEALTH_CHECKS = {"coverage": health}


def compare(row: Comparison) -> Generator[None, None, Next]:
    """Compare the readings that have arrived with all open claims, the oldest first, and suggest what bears on them."""
    model = embedding.model()
    state = embedding.state(model)
    index = claim_index.of_open_claims(model)
    ours = _waiting().alias(part=FIRST + F("pk") % PARTS).filter(part=row.pk)
    arrived = ours.order_by("at", "pk").select_related("reading__capture").defer("reading__text")
    waiting = [arrival.reading for arrival in arrived[:MOST_READINGS]]
    releveled = _releveled(model) if waiting and len(index) and vector_index.has_pgvector() else []
    index.relevel({each.pk: each.levels for each in releveled})
    met = _compared(waiting, index, model)
    suggesting.add_first_copies(met.scored.values())
    yield
    if row.pk == FIRST and row.model != state:
        Claim.objects.exclude(status__in=CLOSED).ask()  # each is compared with all that is held, by the new model
        Comparison.objects.filter(pk=row.pk).update(model=state)
    claims = _held(met, [row.claim_id for row in releveled])  # first: whoever follows a claim locks it first, too
    ClaimVector.objects.bulk_update([row for row in releveled if row.claim_id in claims], ["levels", "leveled_at"])
    PassageVector.objects.keep(model, met.passage_vectors)
    ReadingVector.objects.keep(model, met.reading_vectors)
    for reading in met.unread:
        reembedding.lacks(reading)
    for key, found in sorted(met.scored.items()):
        if key in claims:
            suggesting.suggest(claims[key], found, suggesting.extractor(met.model))
    Arrival.objects.filter(pk__in=met.readings).delete()
    Arrival.objects.filter(pk__in=met.begun).update(at=timezone.now())  # the others go first
    Arrival.objects.filter(pk__in=met.failed).update(at=timezone.now(), failures=F("failures") + 1)
    return timezone.now() if waiting else None


def _releveled(model: str) -> list[ClaimVector]:
    """Return wordings whose levels are of an earlier, smaller collection, with those of today."""
    now = timezone.now()
    rows = list(ClaimVector.objects.of_open_claims(model).leveled_before(now - STALE)[:MOST_LEVELED])
    for row in rows:
        row.levels = retrieval.levels_near(np.asarray(row.vector, dtype=np.float32), model)
        row.leveled_at = now
    return rows


def _held(met: Met, others: Sequence[int]) -> dict[int, Claim]:
    """Lock the claims that something was found for, and others, in one order; return those that are still open."""
    wanted = {*(key for key, found in met.scored.items() if found), *others}
    claims = Claim.objects.filter(pk__in=wanted).exclude(status__in=CLOSED).order_by("pk")
    held = {claim.pk: claim for claim in claims.select_for_update(no_key=True, of=("self",))}
    appeared = Coalesce("document__same_as", "document")  # where a claim appeared is no coverage of it
    own = set(Appearance.objects.filter(claim__in=held, document__isnull=False).values_list("claim", appeared))
    documents = {item.passage.reading.capture.document_id for found in met.scored.values() for item in found}
    articles = Document.objects.heads(documents)
    for key, found in met.scored.items():
        met.scored[key] = [
            item for item in found if (key, articles[item.passage.reading.capture.document_id]) not in own
        ]
    return held


def _compared(waiting: Sequence[Reading], index: ClaimIndex, model: str) -> Met:
    met = Met(model)
    ends = monotonic() + SECONDS
    for reading in waiting:
        if len(index):
            try:
                whole = _compare_or_by_words(reading, index, met, ends)
            except Exception as error:  # whatever is wrong with one reading, the others go on
                log.warning("reading %s could not be compared", reading.pk, exc_info=error)
                met.failed.append(reading.pk)
                continue
            if model and not met.model:
                met.unread.append(reading)
            if not whole:
                met.begun.append(reading.pk)
                break
        met.readings.append(reading.pk)
        if monotonic() > ends:
            break
    return met


def _compare_or_by_words(reading: Reading, index: ClaimIndex, met: Met, ends: float) -> bool:
    try:
        return _compare(reading, index, met, ends)
    except (Failed, Refused):
        met.model = ""  # the rest of this step goes by words alone
        return _compare(reading, index, met, ends)


def _compare(reading: Reading, index: ClaimIndex, met: Met, ends: float) -> bool:
    """Compare one reading with the claims that it may bear on; return False where the time was not enough.

    What was embedded so far is kept, so the next step gets on.
    """
    passages = list(reading.passages.order_by("start")[:MOST_PASSAGES])
    for passage in passages:
        passage.reading = reading
    features = [similarity.features(passage.exact, passage.language) for passage in passages]
    known = dict(PassageVector.objects.by_owner(met.model, [row.pk for row in passages])) if met.model else {}
    whole = _vector(reading, met)
    vectors_known = [vector for vector in (whole, *known.values()) if vector is not None]
    promising = index.promising(vectors_known, group_of(reading.language), features)
    if not promising or not passages:
        return True
    places = [place for claim in promising for place in index.places[claim]]
    vectors = _passage_vectors(passages, features, known, index, places, met, ends) if met.model else {}
    if vectors is None:
        return False
    for claim in promising:
        _score(claim, passages, vectors, index, met)
    return True


def _vector(reading: Reading, met: Met) -> Vector | None:
    """Return the vector of a reading; made here where it has none, as of a text that was pasted."""
    if not met.model:
        return None
    kept = ReadingVector.objects.by_owner(met.model, [reading.pk])
    if reading.pk in kept:
        return kept[reading.pk]
    text = Reading.objects.values_list("text", flat=True).get(pk=reading.pk)
    made = embedding.of_passages([reembedding.beginning(reading.title, text)], met.model, 0)
    met.reading_vectors.append((reading, *made[0]))
    return made[0][0]


def _passage_vectors(
    passages: Sequence[Passage],
    features: Sequence[similarity.Features],
    known: dict[int, Vector | None],
    index: ClaimIndex,
    places: Sequence[int],
    met: Met,
    ends: float,
) -> dict[int, Vector | None] | None:
    """Return the vectors of the passages that are most similar by their words; None where the time was not enough."""
    ours = [similarity.features(*index.wordings[place].worded) for place in places]
    likeness = np.array([max(similarity.lexical(each, theirs) for each in ours) for theirs in features])
    chosen = [passages[place] for place in np.argsort(-likeness, kind="stable")[:MOST_EMBEDDED]]
    lacking = [passage for passage in chosen if passage.pk not in known]
    made = embedding.of_passages([each.exact for each in lacking], met.model, max(0.0, ends - monotonic()))
    new = [(passage, *each) for passage, each in zip(lacking, made, strict=False)]
    met.passage_vectors += new
    known |= {passage.pk: vector for passage, vector, _reason in new}
    return known if len(made) == len(lacking) else None


def _score(
    claim: int, passages: Sequence[Passage], vectors: dict[int, Vector | None], index: ClaimIndex, met: Met
) -> None:
    wordings = [index.wordings[place] for place in index.places[claim]]
    rows = [row for row in passages if not met.model or vectors.get(row.pk) is not None]
    if not rows:
        return
    by_meaning = bool(met.model) and index.matrix is not None
    scores = similarity.score(
        [wording.worded for wording in wordings],
        index.matrix[index.places[claim]] if by_meaning and index.matrix is not None else None,
        [Worded(row.exact, row.language) for row in rows],
        np.stack([vector for row in rows if (vector := vectors.get(row.pk)) is not None]) if by_meaning else None,
        [wording.levels for wording in wordings] if by_meaning else None,
    )
    near = zip(rows, scores, strict=True)
    met.scored[claim] += [Scored(row, float(score)) for row, score in near if score >= similarity.SUGGEST]
