"""Find the passages that bear on a claim, in any language, and suggest them as evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from claims.models import Claim, Evidence
from claims.models.assertion import suggested
from claims.models.claim import LONGEST_CLAIM
from sources.language import detection, similarity
from sources.language.embedding_model import pack, unpack
from sources.language.similarity import Worded
from sources.models import Passage, PassageVector, Reading
from sources.models.vocabulary import Outcome
from sources.reading import embedding
from sources.reading.embedding import Matrix
from sources.web.addresses import Refused
from sources.web.client import Failed

MOST_AT_ONCE = 10_000  # passages compared in one step: about a second
MOST_EMBEDDED = 200  # missing vectors that we compute in one step
MOST_PER_DOCUMENT = 4  # suggestions; a reader finds the rest of an article with one click
MOST_QUOTES = 3
MOST_SUGGESTED = 60  # open suggestions for one claim; nobody would look at more

# The database gives keys before the commit, so a reading committed now may have lower keys than an earlier one. We
# therefore compare readings of this time again. It is enough, because a task is killed after 90 seconds.
LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Scored:
    """A passage and its similarity to a claim, 0..1."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Found:
    """The result of comparing a claim with new passages, before we store it."""

    scored: list[Scored]
    vectors: list[PassageVector]
    extractor: str
    to: int
    wordings: list[Worded]  # of the claim, as we compared them
    again: bool  # vectors were missing, so the next step compares these passages again
    more: bool


def compare(claim: Claim) -> Found:
    """Compare a claim, in all its wordings, with new passages; change nothing."""
    rows = list(_candidates(claim)[:MOST_AT_ONCE])
    wordings = _wordings(claim)
    matrix, queries, made = _vectors(rows, wordings)
    scores = similarity.score(wordings, queries, [Worded(row.exact, row.language) for row in rows], matrix)
    scored = [Scored(row, float(score)) for row, score in zip(rows, scores, strict=True) if score >= similarity.SUGGEST]
    extractor = (
        f"{similarity.MATCHER} + {embedding.model()}" if matrix is not None else f"{similarity.MATCHER}, words alone"
    )
    return Found(
        scored=sorted(scored, key=lambda found: (-found.score, found.passage.pk)),
        vectors=made,
        extractor=extractor[:120],
        to=rows[-1].pk if rows else claim.matched_to,
        wordings=wordings,
        again=bool(rows) and matrix is None and bool(embedding.model()),
        more=len(rows) == MOST_AT_ONCE or len(made) == MOST_EMBEDDED,
    )


def suggest(claim: Claim, found: Found) -> list[Evidence]:
    """Store the best passages as suggestions; return the new ones, without keys. It changes no existing evidence."""
    PassageVector.objects.bulk_create(found.vectors, ignore_conflicts=True)
    already = list(
        claim.evidence.values_list("passage__reading__capture__document_id", "passage__exact", "standing"),
    )
    known = {(document, exact) for document, exact, _standing in already}
    per_document = Counter(document for document, _exact, _standing in already)
    room = MOST_SUGGESTED - sum(standing == "suggested" for _document, _exact, standing in already)
    new: list[Evidence] = []
    for item in found.scored:
        document = item.passage.reading.capture.document_id
        said = (document, item.passage.exact)  # a new reading of a page repeats most of its passages
        if said in known or per_document[document] >= MOST_PER_DOCUMENT or len(new) >= room:
            continue
        known.add(said)
        per_document[document] += 1
        new.append(_suggestion(claim, item, found.extractor))
    Evidence.objects.bulk_create(new, ignore_conflicts=True)
    _advance(claim, found)
    return new


def _candidates(claim: Claim) -> QuerySet[Passage]:
    """Return the passages to compare now, oldest first, except those of the documents where the claim appeared."""
    own = claim.appearances.filter(document__isnull=False).values("document")
    return (
        Passage.objects.filter(pk__gt=claim.matched_through)
        .exclude(reading__capture__document__in=own)
        .select_related("reading__capture")
        .order_by("pk")
    )


def _wordings(claim: Claim) -> list[Worded]:
    """Return the claim in all known words: its text, quotes where it appeared, its short text, other wordings."""
    others = claim.wordings.standing_firm().values_list("text", "language")
    quoted = claim.appearances.standing_firm().exclude(quote="").values_list("quote", flat=True)[:MOST_QUOTES]
    return [
        Worded(claim.text, claim.language),
        *(Worded(quote[:LONGEST_CLAIM], claim.language) for quote in quoted),
        *(Worded(gloss, detection.detect(gloss)[0]) for gloss in [claim.short_text] if gloss),
        *(Worded(text, language) for text, language in others),
    ]


def _vectors(
    rows: Sequence[Passage], wordings: Sequence[Worded]
) -> tuple[Matrix | None, Matrix | None, list[PassageVector]]:
    """Return the vectors of passages, those of wordings, and the new ones that we must store.

    There are no vectors if no model runs, if we cannot reach the operator's server, or if more are missing than we can
    compute in one step. Then only words count, and the next step compares again.
    """
    try:
        queries = embedding.of_claims([wording.text for wording in wordings])
        if queries is None:
            return None, None, []
        kept = _kept_vectors(rows)
        missing = [row for row in rows if row.pk not in kept][:MOST_EMBEDDED]
        made = embedding.of_passages([row.exact for row in missing])
    except (Failed, Refused):
        return None, None, []
    new = [
        PassageVector(passage=row, model=embedding.model(), vector=pack(vector))
        for row, vector in zip(missing, made if made is not None else [], strict=True)
    ]
    kept |= {vector.passage_id: bytes(vector.vector) for vector in new}
    if len(kept) < len(rows):
        return None, None, new
    return (unpack([kept[row.pk] for row in rows]) if rows else None), queries, new


def _kept_vectors(rows: Sequence[Passage]) -> dict[int, bytes]:
    if not rows:
        return {}
    kept = PassageVector.objects.filter(
        model=embedding.model(), passage__gte=rows[0].pk, passage__lte=rows[-1].pk
    ).values_list("passage_id", "vector")
    wanted = {row.pk for row in rows}
    return {passage: bytes(vector) for passage, vector in kept if passage in wanted}


def _suggestion(claim: Claim, item: Scored, extractor: str) -> Evidence:
    shared = similarity.why(Worded(claim.text, claim.language), Worded(item.passage.exact, item.passage.language))
    reasons = [*shared.numbers, *shared.names, *shared.words]
    return Evidence(
        claim=claim,
        passage=item.passage,
        why=", ".join(dict.fromkeys(reasons))[:300],
        **suggested(extractor, round(item.score, 3)),
    )


def _advance(claim: Claim, found: Found) -> None:
    """Remember how far we compared the claim: for good only up to passages that no lower keys can join later.

    If a person has added a wording meanwhile, remember nothing, so that everything is compared once more.
    """
    if found.again or found.wordings != _wordings(claim):
        return
    settled = Reading.objects.filter(outcome=Outcome.OK, read_at__lt=timezone.now() - LATE)
    through = Passage.objects.filter(pk__lte=found.to, reading__in=settled).aggregate(last=Max("pk"))["last"]
    Claim.objects.filter(pk=claim.pk, matched_through=claim.matched_through).update(
        matched_to=max(found.to, claim.matched_to), matched_through=max(through or 0, claim.matched_through)
    )
