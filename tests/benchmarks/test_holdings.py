"""What the benchmarks load in bulk fits the tables as they are."""

import pytest

from benchmarks import holdings, synthetic
from claims.models import Claim
from sources.models import Passage, PassageVector, ReadingVector
from tests import databases, make


@pytest.mark.django_db
def test_texts_claims_and_vectors_are_loaded_into_the_tables_as_they_are():
    texts = list(synthetic.texts(3, 2))
    with databases.unbound():
        number = holdings.load(texts, document=9_001, passage=9_001)
        vector = synthetic.vector(texts[0].title, "en")
        holdings.keep_vectors(ReadingVector, "a model", [(9_001, "en", vector)], first=9_001)
        holdings.keep_vectors(PassageVector, "a model", [(9_001, "en", vector)], first=9_001)
    by = make.user()
    holdings.copy(Claim, [{"id": 9_001, "text": "A claim", "language": "en", "logged_by_id": by.pk}])

    assert Passage.objects.filter(reading__in=[9_001, 9_002, 9_003]).count() == number == 3 * synthetic.PER_TEXT
    assert [row.owner for row in (ReadingVector, PassageVector)] == ["reading", "passage"]
    assert Claim.objects.search("claim").get().pk == 9_001
