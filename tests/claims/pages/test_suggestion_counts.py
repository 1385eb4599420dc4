import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.evidence import weighing
from claims.models.vocabulary import AssertionStatus
from claims.pages import suggestion_counts
from tests import make
from tests.restricted import restricted_claim
from workbench.desk import hidden_rows
from workbench.desk.compiled_queries import listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Return a function that counts, and says how many questions that took."""

    def asked(*claims):
        with CaptureQueriesContext(connection) as queries:
            found = suggestion_counts.of_claims(listed(claim.pk for claim in claims))
        return [found.get(claim.pk, 0) for claim in claims], len(queries)

    return asked


def said_twice(claim, *standings, is_left_out=False):
    """Evidence from two documents of one article, of which the first may be no coverage."""
    passages = [make.passage("Twelve people were hurt.", is_left_out=left_out) for left_out in (is_left_out, False)]
    for passage, standing in zip(passages, standings, strict=True):
        make.evidence(claim, passage, standing=standing)
    make.same_article(*(passage.reading.capture.document for passage in reversed(passages)))


def test_a_claim_without_suggestions_has_none(asked):
    make.evidence(rejected := make.claim(), standing=AssertionStatus.REJECTED)

    assert asked(make.claim(), rejected) == ([0, 0], 1)


def test_the_numbers_are_those_of_the_pages_of_the_claims(asked):
    claims = [make.claim() for _claim in range(5)]
    said_twice(claims[0], AssertionStatus.SUGGESTED, AssertionStatus.SUGGESTED)
    said_twice(claims[1], AssertionStatus.SUGGESTED, AssertionStatus.REJECTED)
    for _suggestion in range(3):
        make.evidence(claims[2])
    said_twice(claims[3], AssertionStatus.SUGGESTED, AssertionStatus.SUGGESTED, is_left_out=True)
    in_one_text = make.reading("It fell.", "It fell.").passages.all()
    for passage, standing in zip(in_one_text, (AssertionStatus.CONFIRMED, AssertionStatus.SUGGESTED), strict=True):
        make.evidence(claims[4], passage, standing=standing)

    counted, _questions = asked(*claims)

    assert counted == [claim.evidence.suggested().count() for claim in claims] == [1, 0, 3, 0, 1]


def test_what_has_not_changed_is_not_counted_again(asked):
    claims = [make.claim(), make.claim()]
    for claim in claims:
        make.evidence(claim)

    assert [asked(*claims), asked(*claims)] == [([1, 1], 2), ([1, 1], 1)]


@pytest.mark.parametrize("standing", [AssertionStatus.SUGGESTED, AssertionStatus.REJECTED])
def test_a_new_suggestion_and_one_that_a_person_weighed_count_at_once(asked, standing):
    claim = make.claim()
    first = make.evidence(claim)
    make.evidence(claim)
    asked(claim)

    if standing == AssertionStatus.SUGGESTED:
        make.evidence(claim)
    else:
        weighing.reject(first, by=make.editor())

    assert asked(claim)[0] == [claim.evidence.suggested().count()]


def test_documents_that_become_one_article_count_as_one_after_a_while(asked, monkeypatch):
    claim = make.claim()
    passages = [make.passage("Twelve people were hurt."), make.passage("Twelve people were hurt.")]
    for passage in passages:
        make.evidence(claim, passage)
    before = asked(claim)
    make.same_article(*(passage.reading.capture.document for passage in reversed(passages)))

    assert asked(claim)[0] == before[0] == [2]
    monkeypatch.setattr(suggestion_counts, "monotonic", lambda now=suggestion_counts.monotonic: now() + 31)
    assert asked(claim)[0] == [1]


def test_a_number_is_kept_for_readers_from_whom_the_same_is_hidden(asked):
    claim = make.claim()
    said_twice(claim, AssertionStatus.SUGGESTED, AssertionStatus.SUGGESTED)
    restricted_claim()
    reader = make.reporter().pk

    assert asked(claim) == ([1], 2)
    with hidden_rows.read_by(lambda: reader):
        assert asked(claim)[0] == [1]
    assert len(suggestion_counts.kept_counts) == 2


def test_whoever_does_not_see_a_claim_gets_no_number_of_it(asked):
    claim, other = restricted_claim(), make.reporter()
    make.evidence(claim)

    for reader, number in ((other, 0), (claim.logged_by, 1), (other, 0)):
        with hidden_rows.read_by(lambda key=reader.pk: key):
            assert asked(claim)[0] == [number]
