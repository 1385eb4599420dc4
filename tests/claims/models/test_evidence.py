import pytest

from claims.models.vocabulary import AssertionStatus
from tests import make

pytestmark = pytest.mark.django_db


def said_twice(claim, *, words="Twelve people were hurt.", standings=(AssertionStatus.SUGGESTED,) * 2):
    """Evidence from two documents that were merged after it was suggested."""
    passages = [make.passage(words), make.passage(words)]
    rows = [
        make.evidence(claim, passage, standing=standing) for passage, standing in zip(passages, standings, strict=True)
    ]
    make.same_article(*(passage.reading.capture.document for passage in reversed(passages)))
    return rows


def test_what_two_addresses_of_an_article_say_waits_once():
    claim = make.claim()
    first, _second = said_twice(claim)
    other = make.evidence(claim, make.passage("Twelve people were hurt."))

    assert set(claim.evidence.suggested()) == {first, other}


@pytest.mark.parametrize("weighed", [AssertionStatus.CONFIRMED, AssertionStatus.REJECTED])
def test_what_a_person_weighed_at_one_address_waits_at_no_other(weighed):
    claim = make.claim()
    said_twice(claim, standings=(weighed, AssertionStatus.SUGGESTED))
    said_twice(claim, words="A pylon gave way.", standings=(AssertionStatus.SUGGESTED, weighed))

    assert not claim.evidence.suggested().exists()
    assert claim.evidence.once().count() == 2
