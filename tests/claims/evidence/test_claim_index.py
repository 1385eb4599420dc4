import numpy as np
import pytest

from claims.evidence import claim_index
from claims.evidence.claim_index import ClaimIndex
from claims.models import ClaimVector
from claims.models.vocabulary import Status
from sources.language import similarity
from tests import make

pytestmark = pytest.mark.django_db

BRIDGE = "Terrorists blew up the bridge at Arvel, killing 39 soldiers."
FLOOD = "The flood destroyed 56 villages near Dorsk."


def features(text, language="en"):
    return [similarity.features(text, language)]


@pytest.fixture
def index():
    for text, vector in ((BRIDGE, [1.0, 0.0]), (FLOOD, [0.0, 1.0])):
        make.claim_vector(text=text, vector=vector, levels={"en": 0.8})
    return ClaimIndex(ClaimVector.objects.all())


def claims(*texts):
    return [ClaimVector.objects.get(text=text).claim_id for text in texts]


def test_a_reading_that_means_the_same_is_promising(index):
    assert index.promising([np.array([0.9, 0.4], np.float32)], "en", features("nothing")) == claims(BRIDGE)


def test_a_reading_that_is_an_ordinary_one_is_not(index):
    assert index.promising([np.array([0.5, 0.5], np.float32)], "en", features("nothing")) == []


def test_one_passage_that_means_the_same_is_enough(index):
    vectors = [np.array([0.5, 0.5], np.float32), np.array([0.9, 0.4], np.float32)]

    assert index.promising(vectors, "en", features("nothing")) == claims(BRIDGE)


def test_words_are_enough_where_there_is_no_vector(index):
    text = "In Arvel a bridge was blown up by terrorists, 39 soldiers died."

    assert index.promising([], "en", features(text)) == claims(BRIDGE)


@pytest.mark.parametrize("text", [BRIDGE, FLOOD, "Arvel 39", "", "كمين في أرفل: ٣٩ جندياً"])
def test_the_inverted_lists_give_what_comparing_one_by_one_does(index, text):
    passage = similarity.features(text, "en")

    shared = index._shared(passage)

    one_by_one = [similarity.lexical(similarity.features(*wording.worded), passage) for wording in index.wordings]
    np.testing.assert_allclose(shared, one_by_one, atol=1e-9)


def test_an_empty_index_finds_nothing():
    assert ClaimIndex([]).promising([np.array([1.0], np.float32)], "en", features(BRIDGE)) == []


def test_the_index_is_made_anew_when_claims_come_and_go():
    first = make.claim_vector(text=BRIDGE)
    before = claim_index.of_open_claims("model@1")
    same = claim_index.of_open_claims("model@1")
    make.claim_vector(text=FLOOD)
    after = claim_index.of_open_claims("model@1")
    type(first.claim).objects.filter(pk=first.claim_id).update(status=Status.WITHDRAWN)
    closed = claim_index.of_open_claims("model@1")

    assert same is before
    assert [len(each) for each in (before, after, closed)] == [1, 2, 1]
