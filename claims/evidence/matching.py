"""Find the passages that bear on a claim among all that is held, in any language, and suggest them as evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils import timezone

from claims.evidence import suggesting
from claims.evidence.suggesting import Scored
from claims.models import Claim, ClaimVector, Evidence
from claims.models.claim import LONGEST_CLAIM
from sources.language import detection, similarity
from sources.language.similarity import Levels, Worded
from sources.models import Document, Passage, PassageVector
from sources.models.vector import Vector
from sources.reading import embedding, retrieval
from sources.reading.retrieval import Pool, Query
from sources.web.addresses import Refused
from sources.web.client import Failed

MOST_QUOTES = 3
MOST_WORDINGS = 10  # of one claim; each costs as much as a search
MOST_EMBEDDED = 200  # of the most promising passages; the others count only where they have a vector already
SECONDS = 2.0  # of embedding in one step, so that the first suggestions come soon


@dataclass(frozen=True)
class Found:
    """The result of one step with a claim, before we store it."""

    key: str  # of the wordings and the model that it is about
    claim_vectors: list[ClaimVector] = field(default_factory=list)  # to keep first
    vectors: list[tuple[Passage, Vector | None, str]] = field(default_factory=list)
    scored: list[Scored] = field(default_factory=list)
    levels: list[Levels] = field(default_factory=list)
    model: str = ""
    more: bool = False  # some promising passages have no vector yet
    cut_off: bool = False  # the operator's embeddings server does not answer


def compare(claim: Claim) -> Found | None:
    """Take one step to compare a claim with all that is held; None where that was done. It changes nothing.

    The first step only makes the vectors of the claim. Once they are kept, coverage that arrives is compared with them
    (``coverage_matching``); what came before is found by the steps that follow. So no reading falls between the two.
    """
    model = embedding.model()
    wordings = _wordings(claim)
    key = _key(claim, wordings, embedding.state(model))
    if claim.compared_with == key:
        return None
    kept = list(claim.vectors.filter(model=model))
    if [Worded(row.text, row.language) for row in kept] != wordings:
        return _with_claim_vectors(claim, wordings, key, model)
    questions = [
        Query(wording, None if row.vector is None else np.asarray(row.vector, dtype=np.float32))
        for wording, row in zip(wordings, kept, strict=True)
    ]
    return _searched(claim, questions, key, model)


def suggest(claim: Claim, found: Found) -> list[Evidence]:
    """Store what a step has found; return the new suggestions, without keys.

    If a person has added a wording meanwhile, the claim does not count as compared.
    """
    if found.claim_vectors:
        claim.vectors.all().delete()
        ClaimVector.objects.bulk_create(found.claim_vectors)
        return []
    PassageVector.objects.keep(found.model, found.vectors)
    new = suggesting.suggest(claim, found.scored, suggesting.extractor(found.model))
    if (
        not found.more
        and not found.cut_off
        and found.key == _key(claim, _wordings(claim), embedding.state(embedding.model()))
    ):
        _conclude(claim, found)
    return new


def _with_claim_vectors(claim: Claim, wordings: list[Worded], key: str, model: str) -> Found:
    try:
        made = embedding.of_claims([wording.text for wording in wordings], model) if model else []
    except (Failed, Refused):
        return _searched(claim, [Query(wording, None) for wording in wordings], key, "", cut_off=True)
    vectors = [vector for vector, _reason in made] or [None] * len(wordings)
    rows = [
        ClaimVector(claim=claim, text=wording.text, language=wording.language, model=model, vector=vector)
        for wording, vector in zip(wordings, vectors, strict=True)
    ]
    return Found(key, claim_vectors=rows, model=model, more=True)


def _searched(claim: Claim, questions: Sequence[Query], key: str, model: str, *, cut_off: bool = False) -> Found:
    """Return the passages that are close enough, but not of documents in which the claim appeared."""
    appeared = claim.appearances.filter(document__isnull=False).values_list("document", flat=True)
    own = list(Document.objects.family(list(appeared)).values_list("pk", flat=True))
    pool = retrieval.retrieve(questions, model, without=own)
    found = _judged(questions, pool, key, model, cut_off=cut_off)
    suggesting.add_first_copies([found.scored], without=own)
    return found


def _judged(questions: Sequence[Query], pool: Pool, key: str, model: str, *, cut_off: bool) -> Found:
    """Return the passages that are close enough, once the most promising of them have their vectors."""
    new: list[tuple[Passage, Vector | None, str]] = []
    vectors = [question.vector for question in questions if question.vector is not None]
    if vectors:
        try:
            new = pool.embed(model, SECONDS, most=MOST_EMBEDDED)
        except (Failed, Refused):
            vectors, cut_off = [], True
    by_meaning = bool(vectors)
    told = [question for question in questions if question.vector is not None or not by_meaning]
    levels = [level for question, level in zip(questions, pool.levels, strict=True) if question in told]
    rows = [row for row in pool.passages if not by_meaning or pool.vectors.get(row.pk) is not None]
    known = [vector for row in rows if (vector := pool.vectors.get(row.pk)) is not None]
    matrix = np.stack(known) if by_meaning and known else None
    scores = similarity.score(
        [question.wording for question in told],
        np.stack(vectors) if by_meaning else None,
        [Worded(row.exact, row.language) for row in rows],
        matrix,
        levels if by_meaning else None,
    )
    scored = [Scored(row, float(score)) for row, score in zip(rows, scores, strict=True) if score >= similarity.SUGGEST]
    more = by_meaning and bool(pool.lacking(MOST_EMBEDDED))
    return Found(key, [], new, scored, pool.levels, model if by_meaning else "", more, cut_off)


def _conclude(claim: Claim, found: Found) -> None:
    rows = list(claim.vectors.filter(model=found.model))
    for row, levels in zip(rows, found.levels, strict=False):
        row.levels, row.leveled_at = levels, timezone.now()
    ClaimVector.objects.bulk_update(rows, ["levels", "leveled_at"])
    Claim.objects.filter(pk=claim.pk).update(compared_with=found.key)


def _key(claim: Claim, wordings: Sequence[Worded], state: str) -> str:
    """Return what tells one comparison from another: the wordings, the state of the model, and the round of review."""
    return hashlib.sha256(repr((list(wordings), state, claim.round)).encode()).hexdigest()


def _wordings(claim: Claim) -> list[Worded]:
    """Return the claim in all known words: its text, quotes where it appeared, its short text, other wordings."""
    others = claim.wordings.standing_firm().values_list("text", "language")
    quoted = claim.appearances.standing_firm().exclude(quote="").values_list("quote", flat=True)[:MOST_QUOTES]
    all_words = [
        Worded(claim.text, claim.language),
        *(Worded(quote[:LONGEST_CLAIM], claim.language) for quote in quoted),
        *(Worded(gloss, detection.detect(gloss)[0]) for gloss in [claim.short_text] if gloss),
        *(Worded(text, language) for text, language in others),
    ]
    return list(dict.fromkeys(all_words))[:MOST_WORDINGS]
