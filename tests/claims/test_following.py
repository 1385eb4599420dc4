from datetime import timedelta

import pytest
from django.utils import timezone

from claims import following
from claims.models import Claim
from claims.vocabulary import Status
from tests import make
from workbench.work import drain

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


def test_following_a_claim_searches_spots_and_suggests():
    claim = make.claim("Douze personnes ont été blessées au pont d’Arvel.", language="fr")
    make.passage("Au pont d’Arvel, douze personnes ont été blessées.", language="fr")

    drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=1))

    claim.refresh_from_db()
    assert (claim.trouble, claim.tries) == ("", 0)
    assert [claim.searches.exists(), claim.figures.exists(), claim.evidence.exists()] == [True] * 3
    assert claim.due_at > NOW
