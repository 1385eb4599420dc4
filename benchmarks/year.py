"""A desk that has run for a year: fill its tables with invented coverage and claims, in a database of its own."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks import holdings, synthetic  # noqa: E402
from benchmarks.embedder import MODEL  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from benchmarks.synthetic import Text  # noqa: E402
from claims.evidence import matching  # noqa: E402
from claims.models import Claim, ClaimVector, Comparison  # noqa: E402
from claims.models.vocabulary import Status  # noqa: E402
from sources.language.folding import fold  # noqa: E402
from sources.language.similarity import USUAL, Worded  # noqa: E402
from sources.models import EmbeddingModel, PassageVector, Reading, ReadingVector, Source  # noqa: E402
from sources.models.vector import GROUPS  # noqa: E402
from sources.reading import reembedding, vector_index  # noqa: E402
from workbench.desk import actor, owner  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402

PAIRS = 10  # of an editor and a reviewer
OPEN = 10  # one claim in so many is open; a year’s claims are closed
WAYS = {"maintenance_work_mem": "2GB", "max_parallel_maintenance_workers": "2"}
SOURCES = 100  # passages for each source
# Who can sign in, in a database that goes with the benchmark.
PEOPLE = {"editor": "person-0", "admin": "person-1", "password": "a year of claims"}


def fill(passages: int) -> None:
    """Add so many passages, a fifth as many documents, and a tenth as many claims, with vectors and their indexes."""
    started = time.monotonic()
    topics = synthetic.topics_of(passages)
    number = passages // synthetic.PER_TEXT
    _coverage(synthetic.texts(number, topics))
    say(f"{passages} passages: loaded after {time.monotonic() - started:.0f} s")
    _claims(passages // 10, topics)
    _sources(passages // SOURCES)
    with connection.cursor() as cursor:
        for name, value in WAYS.items():
            cursor.execute(f"SET {name} = '{value}'")
    vector_index.build(MODEL, synthetic.WIDTH)
    say(f"{passages} passages: indexed after {time.monotonic() - started:.0f} s")
    last = Reading.objects.order_by("-pk").values_list("pk", flat=True)[0]
    holdings.settle()
    EmbeddingModel.objects.create(
        name=MODEL, width=synthetic.WIDTH, through=last, passages_through=last, ready_at=holdings.TAKEN, due_at=None
    )  # the rest of the passages get no vectors in the background: that would count as the cost of a look
    say(f"{passages} passages: settled after {time.monotonic() - started:.0f} s")


def _coverage(texts: Iterator[Text]) -> None:
    """Add texts, each with two vectors, as reading leaves it: of itself and of its first passage."""
    document = passage = 1
    while some := list(islice(texts, holdings.AT_ONCE)):
        found = holdings.load(some, document=document, passage=passage)
        whole = [
            (key, text.language, synthetic.vector(reembedding.beginning(text.title, text.passages[0]), text.language))
            for key, text in enumerate(some, document)
        ]
        holdings.keep_vectors(ReadingVector, MODEL, whole, first=document)
        first = [
            (passage + place * synthetic.PER_TEXT, text.language, synthetic.vector(text.passages[0], text.language))
            for place, text in enumerate(some)
        ]
        holdings.keep_vectors(PassageVector, MODEL, first, first=document)
        document, passage = document + len(some), passage + found
        if document % 20_000 == 1:
            say(f"{passage - 1} passages")


def _claims(number: int, topics: int) -> None:
    """Add claims that were compared with all of it; one in ten is open."""
    people = _people()
    rows = []
    vectors = []
    for key, (language, text) in enumerate(synthetic.claims(number, topics), 1):
        is_open = key % OPEN == 0
        claim = Claim(pk=key, text=text, language=language)
        columns = {"status": Status.OPEN if is_open else Status.DECIDED, "due_at": None}
        compared = matching._key(claim, [Worded(text, language)], MODEL)  # noqa: SLF001 -- as the step leaves it
        columns |= {"compared_with": compared, "logged_by_id": people[key % len(people)].pk}
        rows.append({"id": key, "text": text, "language": language, **columns})
        if is_open:
            levels = "{" + ", ".join(f'"{group}": {USUAL}' for group in GROUPS) + "}"
            vector = holdings.written(synthetic.vector(text, language))
            columns = {"claim_id": key, "text": text, "language": language, "model": MODEL}
            vectors.append({"id": key, **columns, "vector": vector, "levels": levels})
    holdings.copy(Claim, rows)
    holdings.copy(ClaimVector, vectors)
    for model in (Claim, ClaimVector):
        holdings.count_on(model)
    Comparison.objects.create(model=MODEL, due_at=None)


@transaction.atomic
def _people() -> list[User]:
    """Add people: two that can sign in, and others who log claims."""
    actor.speak_for(None)
    roles = [Role.EDITOR, Role.ADMIN, *[Role.EDITOR, Role.REVIEWER] * PAIRS]
    people = [User(username=f"person-{place}", role=role) for place, role in enumerate(roles)]
    for person in people:
        if person.username in PEOPLE.values():
            person.set_password(PEOPLE["password"])
        else:
            person.set_unusable_password()
        person.save()
    return people


def _sources(number: int) -> None:
    names = (f"Courier {key} of Arvel" for key in range(1, number + 1))
    rows = ({"id": key, "name": name, "folded": fold(name)} for key, name in enumerate(names, 1))
    holdings.copy(Source, rows)
    holdings.count_on(Source)


if __name__ == "__main__":
    if not EmbeddingModel.objects.exists():  # the last row of a desk that was filled by an earlier run
        with owner.acting():  # who may count on sequences, vacuum and index
            fill(int(sys.argv[1]))
    sys.stdout.write(json.dumps(PEOPLE) + "\n")
