"""Match earlier fact-checks of others with a claim, in any language, and suggest them."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from django.db.models import Max, Q
from django.utils import timezone

from claims.evidence import outside_queries
from claims.evidence.suggesting import PLACES, extractor
from claims.models import CheckLookup, Claim, EarlierCheck
from claims.models.assertion import suggested
from claims.wording.queries import written_words
from sources.gathering.providers import query_words
from sources.language import similarity
from sources.language.similarity import Worded
from sources.models import FactCheck
from sources.models.fact_check import FactCheckQuerySet
from sources.reading import embedding
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk.work_queue import Next, WorkQuerySet

MOST_SUGGESTED = 10  # of one claim; nobody reads more
MOST_WORDED = 300  # fact-checks with words of the claim, the newest, whose words are compared
MOST_EMBEDDED = 40  # of these, the closest in words, are compared by meaning; each costs some 15 ms
MOST_VECTORS = 3_000  # fact-checks that have a vector already, the newest
MOST_WORDS = 8  # of a wording
FRESH = timedelta(minutes=3)  # after it was logged, a claim waits for what its searches bring
SOON, LATER = timedelta(seconds=3), timedelta(minutes=5)


@dataclass
class Candidates:
    """Fact-checks that may bear on a claim, with their scores and the vectors that were made for it."""

    checks: list[FactCheck] = field(default_factory=list)
    scores: Sequence[float] = ()
    made: list[FactCheck] = field(default_factory=list)
    model: str = ""


def due() -> WorkQuerySet:
    """Return the claims whose earlier fact-checks a worker looks up."""
    rows: WorkQuerySet = CheckLookup.objects.select_related("claim")
    return rows


def follow(claim: Claim) -> None:
    """Have earlier fact-checks of a claim looked up from now on, until it is closed."""
    lookup, new = CheckLookup.objects.get_or_create(claim=claim)
    if not new and lookup.due_at is None and not lookup.trouble:
        lookup.ask()


def look_up(lookup: CheckLookup) -> Generator[None, None, Next]:
    """Compare the fact-checks that came since the last time with a claim, all of them once its words changed."""
    claim = Claim.objects.get(pk=lookup.claim_id)
    if claim.is_closed:
        yield
        return None
    worded = [Worded(text, language) for language, text in outside_queries.wordings(claim).items()]
    named, newest = _named(worded), FactCheck.objects.aggregate(last=Max("pk"))["last"] or 0
    after = lookup.seen_to if lookup.wordings == named else 0
    found = _compare(claim, worded, after) if newest > after or _from_searches(claim).exists() else Candidates()
    yield
    FactCheck.objects.bulk_update(found.made, ["vector", "vector_model"])
    _suggest(claim, found)
    lookup.seen_to, lookup.wordings = newest, named
    lookup.save(update_fields=["seen_to", "wordings"])
    now = timezone.now()
    return now + (SOON if now - claim.logged_at < FRESH else LATER)


def _compare(claim: Claim, worded: list[Worded], after: int) -> Candidates:
    model = embedding.model()
    nearest = _nearest_in_words(claim, worded, after)
    rows = FactCheck.objects.filter(pk__gt=after, vector_model=model) if model else FactCheck.objects.none()
    held = rows.order_by("-pk")
    checks = list({row.pk: row for row in (*nearest, *held[:MOST_VECTORS])}.values())
    if not checks:
        return Candidates()
    passages = [Worded(check.claim, check.language) for check in checks]
    try:
        ours, made = _vectors(worded, checks, model)
    except (Failed, Refused):  # the operator's embeddings server does not answer: words must do
        ours, made, model = None, [], ""
    by_meaning = ours is not None and all(check.vector is not None for check in checks)
    matrix = np.stack([np.asarray(check.vector, dtype=np.float32) for check in checks]) if by_meaning else None
    scores = similarity.score(worded, ours if by_meaning else None, passages, matrix)
    return Candidates(checks, [float(score) for score in scores], made, model if by_meaning else "")


def _vectors(
    worded: list[Worded], checks: list[FactCheck], model: str
) -> tuple[similarity.Vectors | None, list[FactCheck]]:
    """Return the vectors of the wordings, and the fact-checks that got theirs just now. Raises as the model does."""
    if not model:
        return None, []
    lacking = [check for check in checks if check.vector_model != model]
    made = embedding.of_claims([*(each.text for each in worded), *(check.claim for check in lacking)], model)
    vectors = [vector for vector, _reason in made]
    for check, vector in zip(lacking, vectors[len(worded) :], strict=True):
        check.vector, check.vector_model = vector, model if vector is not None else ""
    ours = vectors[: len(worded)]
    if any(vector is None for vector in ours):
        return None, lacking
    return np.stack([np.asarray(vector, dtype=np.float32) for vector in ours]), lacking


def _nearest_in_words(claim: Claim, worded: list[Worded], after: int) -> list[FactCheck]:
    """Return the fact-checks closest in words, and those that searches of the claim found and nobody has settled."""
    asked = Q()
    for word in _words(claim, worded):
        asked |= Q(word_index__hold=word)
    rows = FactCheck.objects.filter(asked, pk__gt=after).order_by("-pk")[:MOST_WORDED] if asked else []
    ours = [similarity.features(*each) for each in worded]

    def shared(check: FactCheck) -> float:
        theirs = similarity.features(check.claim, check.language)
        return max(similarity.lexical(each, theirs) for each in ours)

    nearest = sorted(rows, key=lambda check: (-shared(check), -check.pk))[:MOST_EMBEDDED]
    return [*_from_searches(claim)[:MOST_EMBEDDED], *nearest]


def _from_searches(claim: Claim) -> FactCheckQuerySet:
    """Return what the searches of the claim found and is not among its earlier fact-checks."""
    known = claim.earlier_checks.values("fact_check")
    found = FactCheck.objects.filter(searches__in=claim.searches.values("pk")).exclude(pk__in=known)
    return found.distinct().order_by("-pk")


def _words(claim: Claim, worded: list[Worded]) -> list[str]:
    """Return the words by which fact-checks are found: names in every spelling, numbers, and rare words."""
    words = [word for text, language in worded for word in written_words(text, language)[:MOST_WORDS]]
    named = [word for query in outside_queries.of(claim) for word in query_words.every(query.words)]
    return list(dict.fromkeys([*named, *words]))


def _suggest(claim: Claim, found: Candidates) -> None:
    """Store the best as suggestions; what a person has settled is never suggested again."""
    known = set(claim.earlier_checks.values_list("fact_check", flat=True))
    room = MOST_SUGGESTED - claim.earlier_checks.suggested().count()
    pairs = sorted(zip(found.scores, found.checks, strict=True), key=lambda pair: (-pair[0], -pair[1].pk))
    best = [(score, check) for score, check in pairs if score >= similarity.SUGGEST and check.pk not in known]
    EarlierCheck.objects.bulk_create(
        [_suggestion(claim, check, score, found.model) for score, check in best[: max(room, 0)]], ignore_conflicts=True
    )


def _suggestion(claim: Claim, check: FactCheck, score: float, model: str) -> EarlierCheck:
    shared = similarity.why(Worded(claim.text, claim.language), Worded(check.claim, check.language))
    reasons = dict.fromkeys([*shared.numbers, *shared.names, *shared.words])
    said = suggested(extractor(model), round(score, PLACES))
    why = ", ".join(reasons)[:300]
    return EarlierCheck(claim=claim, fact_check=check, fingerprint=check.fingerprint, why=why, **said)


def _named(worded: list[Worded]) -> str:
    return hashlib.sha256(repr(worded).encode()).hexdigest()
