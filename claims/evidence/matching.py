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
from claims.wording import likeness
from claims.wording.likeness import Said
from sources.language import detection
from sources.language.embedding_model import pack, unpack
from sources.models import Passage, PassageVector, Reading
from sources.models.vocabulary import Outcome
from sources.reading import embedding
from sources.reading.embedding import Matrix
from sources.web.addresses import Refused
from sources.web.client import Failed

MOST_AT_ONCE = 10_000  # passages compared in one step: about a second
MOST_EMBEDDED = 200  # passages whose vectors are made up for in one step
MOST_PER_DOCUMENT = 4  # suggestions; the rest of an article is a click away
MOST_QUOTES = 3
MOST_SUGGESTED = 60  # unsettled suggestions of one claim; more would only be scrolled past

# A reading that is kept just now may hold lower keys than one kept before it: keys are given before the commit. What
# was read in this time is therefore compared again. No step takes longer: a task is killed after 90 seconds.
LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Scored:
    """A passage and how alike it is to a claim, 0..1."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Found:
    """What comparing a claim with the passages that came since gave, before it is kept."""

    scored: list[Scored]
    vectors: list[PassageVector]
    extractor: str
    to: int
    wordings: list[Said]  # with which it was compared
    again: bool  # vectors were missing: what was compared by words alone is compared again
    more: bool


def compare(claim: Claim) -> Found:
    """Compare a claim, in all its wordings, with the passages that came since; change nothing."""
    rows = list(_candidates(claim)[:MOST_AT_ONCE])
    wordings = _wordings(claim)
    matrix, queries, made = _vectors(rows, wordings)
    scores = likeness.score(wordings, queries, [Said(row.exact, row.language) for row in rows], matrix)
    scored = [Scored(row, float(score)) for row, score in zip(rows, scores, strict=True) if score >= likeness.SUGGEST]
    extractor = (
        f"{likeness.MATCHER} + {embedding.model()}" if matrix is not None else f"{likeness.MATCHER}, words alone"
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
    """Keep the best of what was found as suggestions; return the new ones, without keys. What was settled stays."""
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
        said = (document, item.passage.exact)  # a page that is read again says most of it again
        if said in known or per_document[document] >= MOST_PER_DOCUMENT or len(new) >= room:
            continue
        known.add(said)
        per_document[document] += 1
        new.append(_suggestion(claim, item, found.extractor))
    Evidence.objects.bulk_create(new, ignore_conflicts=True)
    _advance(claim, found)
    return new


def _candidates(claim: Claim) -> QuerySet[Passage]:
    """Return the passages to compare now, oldest first; not those of the publications the claim was taken from."""
    own = claim.appearances.filter(document__isnull=False).values("document")
    return (
        Passage.objects.filter(pk__gt=claim.matched_through)
        .exclude(reading__capture__document__in=own)
        .select_related("reading__capture")
        .order_by("pk")
    )


def _wordings(claim: Claim) -> list[Said]:
    """Return all the words a claim is known in: its own, as quoted where it appeared, its gloss, its other wordings."""
    others = claim.wordings.standing_firm().values_list("text", "language")
    quoted = claim.appearances.standing_firm().exclude(quote="").values_list("quote", flat=True)[:MOST_QUOTES]
    return [
        Said(claim.text, claim.language),
        *(Said(quote[:LONGEST_CLAIM], claim.language) for quote in quoted),
        *(Said(gloss, detection.detect(gloss)[0]) for gloss in [claim.short_text] if gloss),
        *(Said(text, language) for text, language in others),
    ]


def _vectors(
    rows: Sequence[Passage], wordings: Sequence[Said]
) -> tuple[Matrix | None, Matrix | None, list[PassageVector]]:
    """Return the vectors of passages and wordings, and those that were missing and must be kept.

    No vectors at all while no model runs, while the operator's server cannot be reached, or while more are missing
    than can be made in one step: then words alone count, and the next look compares again.
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
    shared = likeness.why(Said(claim.text, claim.language), Said(item.passage.exact, item.passage.language))
    reasons = [*shared.numbers, *shared.names, *shared.words]
    return Evidence(
        claim=claim,
        passage=item.passage,
        why=", ".join(dict.fromkeys(reasons))[:300],
        **suggested(extractor, round(item.score, 3)),
    )


def _advance(claim: Claim, found: Found) -> None:
    """Remember how far the claim was compared: for good only with what can no longer be joined by lower keys.

    Words that a person has added meanwhile were not compared with anything yet: then everything is, once more.
    """
    if found.again or found.wordings != _wordings(claim):
        return
    settled = Reading.objects.filter(outcome=Outcome.OK, read_at__lt=timezone.now() - LATE)
    through = Passage.objects.filter(pk__lte=found.to, reading__in=settled).aggregate(last=Max("pk"))["last"]
    Claim.objects.filter(pk=claim.pk, matched_through=claim.matched_through).update(
        matched_to=max(found.to, claim.matched_to), matched_through=max(through or 0, claim.matched_through)
    )
