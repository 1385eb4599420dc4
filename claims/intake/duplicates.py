"""Find claims that were logged before: the same words, or the same meaning in this or another language.

A person who logs a claim is shown them first, and may log it anyway.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimVector
from claims.models.claim import ClaimQuerySet
from sources.language import similarity
from sources.language.folding import fold
from sources.language.similarity import Worded
from sources.reading import embedding
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk.refusal import Refusal

# Of 150 news sentences in four languages, each held in one and asked in another (ntrex, as benchmarks/crosslingual
# reads it): .7 finds 92 to 99 % of translations, and .5 to 1 % of sentences of other articles.
CLOSE = 0.7
MOST_SHOWN = 3
MOST_WORDED_ALIKE = 50  # claims with all the words of the new one, whose letters are compared
MOST_COMPARED = 3_000  # vectors of claims, the newest; reading more of them would make a person wait
MOST_EMBEDDED = 20  # claims that no worker has come upon yet; each costs some 20 ms


@dataclass(frozen=True)
class Duplicate:
    """A claim like the one that a person is logging; ``same_words`` where only case and marks differ."""

    claim: Claim
    same_words: bool


def check(text: str, language: str, *, seen: Collection[int] = (), form_key: UUID | None = None) -> None:
    """Raise ``Refusal`` (code ``logged_before``) if there are claims like this one that the person has not seen yet."""
    if any(found.claim.pk not in seen for found in like(text, language, form_key=form_key)):
        problem = _("This claim may have been logged before. Look at the claims below, or log it anyway.")
        raise Refusal(problem, "logged_before")


def like(text: str, language: str, *, form_key: UUID | None = None) -> list[Duplicate]:
    """Return the claims that are most like a text, those with the same words first. It changes nothing.

    Without the claim that this very form has logged: browsers send forms twice.
    """
    rows: ClaimQuerySet = Claim.objects.exclude(form_key=form_key) if form_key else Claim.objects.all()
    same = _worded_alike(rows, text)
    close = [pk for pk in _close(rows, Worded(text, language)) if pk not in same]
    keys = [*same, *close][:MOST_SHOWN]
    known = Claim.objects.select_related("logged_by").in_bulk(keys)
    return [Duplicate(known[pk], pk in same) for pk in keys]


def _worded_alike(rows: ClaimQuerySet, text: str) -> list[int]:
    """Return the claims with the letters and digits of a text, in their text, short version or another wording."""
    letters = _letters(text)
    found = rows.search(text).order_by("-pk").prefetch_related("wordings")[:MOST_WORDED_ALIKE] if letters else []
    return [
        claim.pk
        for claim in found
        if letters in {_letters(each) for each in (claim.text, claim.short_text, *_other_wordings(claim))}
    ]


def _other_wordings(claim: Claim) -> list[str]:
    return [wording.text for wording in claim.wordings.all()]


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _close(rows: ClaimQuerySet, asked: Worded) -> list[int]:
    """Return the claims close in meaning, the closest first; by their words alone where no model answers."""
    model = embedding.model()
    vectors = ClaimVector.objects.filter(model=model, vector__isnull=False, claim__in=rows) if model else None
    kept = list(vectors.order_by("-pk").select_related(None)[:MOST_COMPARED]) if vectors is not None else []
    known = {row.claim_id for row in kept}
    fresh = [claim for claim in rows.order_by("-pk")[:MOST_EMBEDDED] if claim.pk not in known]
    owners = [*(row.claim_id for row in kept), *(claim.pk for claim in fresh)]
    worded = [Worded(row.text, row.language) for row in (*kept, *fresh)]
    if not worded:
        return []
    scores = similarity.score([asked], *_matrices(model, asked, kept, worded[len(kept) :], worded))
    best = np.argsort(-scores, kind="stable")
    return list(dict.fromkeys(owners[place] for place in best if scores[place] >= CLOSE))


def _matrices(
    model: str, asked: Worded, kept: list[ClaimVector], fresh: list[Worded], worded: list[Worded]
) -> tuple[similarity.Vectors | None, list[Worded], similarity.Vectors | None]:
    """Return the vector of the new claim, the wordings, and their vectors; no vectors where the model fails."""
    try:
        made = embedding.of_claims([asked.text, *(each.text for each in fresh)], model) if model else []
    except (Failed, Refused):
        made = []
    if not made or any(vector is None for vector, _why in made):
        return None, worded, None
    vectors = [np.asarray(vector, dtype=np.float32) for vector, _why in made]
    held = [np.asarray(row.vector, dtype=np.float32) for row in kept]
    return np.stack(vectors[:1]), worded, np.stack([*held, *vectors[1:]])
