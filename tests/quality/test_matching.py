"""How well claims find passages that say the same in another language; the floors are what was measured, less a hair.

The documents here are the last of the set; the constants of the matcher were chosen on the first.
"""

import json

import numpy as np
import pytest

from sources.language import embedding_model, sentences, similarity
from sources.language.similarity import Worded
from tests.places import SHARED

NTREX = SHARED / "data" / "ntrex"
ARTICLE = SHARED / "samples" / "haber-global-alep.fr.txt"
LAST = 38  # sentences, two documents
ACROSS = ("tr", "ar")

pytestmark = pytest.mark.skipif(not embedding_model.available(), reason="the embedding engine does not run here")


def rows(language):
    lines = (NTREX / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[-LAST:]
    return [line.split("\t", 1) for line in lines]


@pytest.mark.skipif(not NTREX.exists(), reason="the parallel sentences are not beside this checkout")
def test_translations_are_suggested_and_their_neighbors_mostly_not():
    claims = [Worded(text, "fr") for _document, text in rows("fr")]
    passages = [Worded(text, language) for language in ACROSS for _document, text in rows(language)]
    documents = np.array([document for document, _text in rows("fr")])
    matrix = embedding_model.embed_passages([passage.text for passage in passages])

    scores = np.array(
        [
            similarity.score([claim], embedding_model.embed_passages([claim.text]), passages, matrix).reshape(2, LAST)
            for claim in claims
        ]
    )

    right = np.eye(LAST, dtype=bool)[:, np.newaxis].repeat(2, axis=1)
    related = (documents[:, np.newaxis] == documents)[:, np.newaxis].repeat(2, axis=1)
    suggested = scores >= similarity.SUGGEST
    found, noise, stray = suggested[right].mean(), suggested[related & ~right].mean(), suggested[~related].mean()
    first = (scores.argmax(axis=2) == np.arange(LAST)[:, np.newaxis]).mean()
    assert found >= 0.98  # measured 1.000
    assert noise <= 0.18  # measured 0.175
    assert stray <= 0.005  # measured 0.0036
    assert first >= 0.96  # measured 0.974


@pytest.mark.skipif(not ARTICLE.exists(), reason="the sample article is not beside this checkout")
def test_english_glosses_find_their_sentence_in_a_french_article():
    text = ARTICLE.read_text(encoding="utf-8")
    gold = json.loads(ARTICLE.with_name("haber-global-alep.gold.json").read_text(encoding="utf-8"))["claims"]
    spans = sentences.passages(text, "fr")
    passages = [Worded(text[start:end], "fr") for start, end in spans]
    matrix = embedding_model.embed_passages([passage.text for passage in passages])

    ranks = []
    for claim in gold:
        gloss = Worded(claim["short_text"], "en")
        scores = similarity.score([gloss], embedding_model.embed_passages([gloss.text]), passages, matrix)
        right = [at for at, (start, end) in enumerate(spans) if start < claim["end"] and end > claim["start"]]
        ranks.append((scores > scores[right].max()).sum() + 1)

    assert np.mean(np.array(ranks) == 1) >= 0.85  # measured 18 of 21
    assert max(ranks) <= 2  # measured: the three others come second
