from datetime import timedelta

import pytest
from django.utils import timezone

from claims import following
from claims.models import Claim
from claims.models.vocabulary import Status
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(seconds=5), timedelta(seconds=3)),
        (timedelta(hours=1), timedelta(minutes=1)),
        (timedelta(days=3), timedelta(hours=1)),
    ],
)
def test_a_claim_is_looked_at_ever_more_rarely(age, wait):
    claim = make.claim()
    claim.logged_at = NOW - age

    assert following.next_look(claim, NOW) == NOW + wait


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_a_closed_claim_is_not_followed(status):
    claim = make.claim(status=status)

    assert following.next_look(claim, NOW) is None


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


def test_following_a_claim_searches_spots_and_suggests():
    claim = make.claim("Douze personnes ont été blessées au pont d’Arvel.", language="fr")
    make.passage("Au pont d’Arvel, douze personnes ont été blessées.", language="fr")

    drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=1))

    claim.refresh_from_db()
    assert (claim.trouble, claim.tries) == ("", 0)
    assert [claim.searches.exists(), claim.figures.exists(), claim.evidence.exists()] == [True] * 3
    assert claim.due_at > NOW
