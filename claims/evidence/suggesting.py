"""Suggest passages as evidence for a claim: few per article, none twice, none that a person has settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import Claim, Evidence
from claims.models.assertion import suggested
from claims.models.evidence import ARTICLE_OF_EVIDENCE
from sources.language import similarity
from sources.language.similarity import Worded
from sources.models import Document, Passage

MOST_PER_ARTICLE = 4  # suggestions; a reader finds the rest of an article with one click
MOST_SUGGESTED = 60  # open suggestions for one claim; nobody would look at more


@dataclass(frozen=True)
class Scored:
    """A passage and its similarity to a claim, 0..1."""

    passage: Passage
    score: float


def suggest(claim: Claim, found: Sequence[Scored], extractor: str) -> list[Evidence]:
    """Store the best passages as suggestions; return the new ones, without keys. It changes no existing evidence.

    Documents that are one article count as one: its addresses repeat most of their passages.
    """
    if not found:
        return []
    already = list(claim.evidence.values_list(ARTICLE_OF_EVIDENCE, "passage__folded", "standing"))
    known = {(article, folded) for article, folded, _standing in already}
    per_article = Counter(article for article, _folded, _standing in already)
    room = MOST_SUGGESTED - sum(standing == "suggested" for _article, _folded, standing in already)
    articles = Document.objects.heads({item.passage.reading.capture.document_id for item in found})
    new: list[Evidence] = []
    for item in sorted(found, key=lambda item: (-item.score, item.passage.pk)):
        article = articles[item.passage.reading.capture.document_id]
        said = (article, item.passage.folded)  # a new reading of a page repeats most of its passages
        if said in known or per_article[article] >= MOST_PER_ARTICLE or len(new) >= room:
            continue
        known.add(said)
        per_article[article] += 1
        new.append(_suggestion(claim, item, extractor))
    Evidence.objects.bulk_create(new, ignore_conflicts=True)
    return new


def extractor(model: str) -> str:
    """Return who says that a passage bears on a claim: the matcher, and the model that it used."""
    return (f"{similarity.MATCHER} + {model}" if model else f"{similarity.MATCHER}, words alone")[:120]


def _suggestion(claim: Claim, item: Scored, said_by: str) -> Evidence:
    shared = similarity.why(Worded(claim.text, claim.language), Worded(item.passage.exact, item.passage.language))
    reasons = [*shared.numbers, *shared.names, *shared.words]
    return Evidence(
        claim=claim,
        passage=item.passage,
        why=", ".join(dict.fromkeys(reasons))[:300],
        **suggested(said_by, round(item.score, 3)),
    )
