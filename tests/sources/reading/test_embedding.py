import pytest

from sources.language import embedding_model
from sources.reading import embedding

pytestmark = pytest.mark.skipif(not embedding_model.available(), reason="the embedding engine does not run here")


def test_a_claim_in_the_words_of_a_passage_has_its_vector():
    text = "The bridge at Arvel was closed."

    ((claim, _why),) = embedding.of_claims([text], embedding_model.MODEL)
    ((passage, _why),) = embedding.of_passages([text], embedding_model.MODEL, 5)

    assert float(claim @ passage) == pytest.approx(1, abs=1e-4)
