import pytest
from django.urls import reverse

from claims.models.vocabulary import Rating
from claims.pages import board, for_you, queues
from claims.pages.queues import ClaimQueue
from tests import make

pytestmark = pytest.mark.django_db


def test_a_card_says_why_a_claim_waits_and_leads_there():
    claim, edith = make.claim_in_review(reviews=1), make.editor()
    make.review(claim, rating=Rating.SUPPORTED)
    make.evidence(claim)
    waiting = {queue: queues.shown(edith, queue) for queue in (ClaimQueue.DECIDE, ClaimQueue.PUBLISH)}

    rows = {row.pk: row for row in board.rows_of(waiting[ClaimQueue.DECIDE].claims, for_you.COLUMNS)}

    [shown] = for_you.cards(waiting, {claim.pk}, rows)

    [card] = shown.cards
    assert (card.url, card.warning) == (reverse("claims:decide", args=[claim.pk]), "The reviews differ")
    assert card.why == ["2 reviews", "1 to weigh"]
