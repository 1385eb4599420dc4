from datetime import timedelta

import pytest

from claims import following
from claims.models import Claim
from claims.models.vocabulary import Status
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_nothing_is_added_to_a_closed_claim_that_was_still_due(status):
    claim = make.claim("Douze personnes ont été blessées au pont d’Arvel.", language="fr", status=status)
    make.passage("Au pont d’Arvel, douze personnes ont été blessées.", language="fr")

    drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=1))

    claim.refresh_from_db()
    assert (claim.due_at, claim.trouble) == (None, "")
    assert [claim.searches.exists(), claim.figures.exists(), claim.evidence.exists()] == [False] * 3


def test_nothing_is_added_to_a_claim_that_is_closed_during_the_look():
    claim = make.claim()
    look = following.follow(claim)
    next(look)
    Claim.objects.filter(pk=claim.pk).update(status=Status.WITHDRAWN)

    with pytest.raises(StopIteration):
        next(look)

    assert not claim.searches.exists()


def test_searches_start_before_a_claim_is_compared(monkeypatch):
    claim = make.claim("Douze personnes ont été blessées au pont d’Arvel.", language="fr")
    monkeypatch.setattr(following.matching, "compare", lambda _claim: pytest.fail("providers wait for the model"))

    step = following.follow(claim)
    next(step)
    with pytest.raises(StopIteration) as ended:
        next(step)

    assert claim.searches.exists()
    assert ended.value.value is not None  # it is due again


def test_a_claim_without_words_to_search_for_is_compared_all_the_same():
    claim = make.claim("…?!")

    drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=5))

    claim.refresh_from_db()
    assert (claim.due_at, claim.trouble, claim.searches.exists()) == (None, "", False)


def test_following_a_claim_searches_spots_and_suggests():
    claim = make.claim("Douze personnes ont été blessées au pont d’Arvel.", language="fr")
    make.passage("Au pont d’Arvel, douze personnes ont été blessées.", language="fr")

    drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=20))

    claim.refresh_from_db()
    assert (claim.trouble, claim.tries) == ("", 0)
    assert [claim.searches.exists(), claim.figures.exists(), claim.evidence.exists()] == [True] * 3
    assert claim.due_at is None  # it rests, until coverage arrives
