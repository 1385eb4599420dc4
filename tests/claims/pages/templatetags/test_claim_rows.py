import pytest
from django.urls import reverse

from claims.models import Claim
from claims.models.vocabulary import Rating, Status
from claims.pages.templatetags.claim_rows import verdict
from tests import make

pytestmark = pytest.mark.django_db


def test_only_the_verdict_of_this_round_is_shown():
    decided = make.claim(status=Status.DECIDED)
    decision = make.decision(decided)

    assert verdict(decided) == decision
    assert verdict(Claim(pk=decided.pk, round=2)) is None
    assert verdict(make.claim()) is None


PAGES = [
    *[
        "claim",
        "claim_log",
        "claim_searches",
        "add_appearance",
        "set_claimant",
        "add_wording",
        "submit_review",
        "decide",
    ],
    *["move", "add_question", "request_comment", "link_claims"],
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_decided_claim_shows_its_verdict(client, name):
    claim = make.decision(rating=Rating.MISLEADING).claim
    client.force_login(make.editor())

    page = client.get(reverse(f"claims:{name}", args=[claim.pk])).content.decode()

    assert ('is-misleading">Misleading' in page, "No verdict yet" in page) == (True, False)


@pytest.mark.parametrize(
    "address",
    [
        lambda claim: reverse("claims:describe_evidence", args=[make.confirmed_evidence(claim).pk]),
        lambda claim: reverse("claims:pick", args=[claim.pk, make.document().pk]),
        lambda claim: reverse("claims:answer_question", args=[make.question(claim).pk]),
        lambda claim: reverse("claims:note_comment", args=[make.comment_request(claim).pk]),
        lambda claim: reverse("claims:freeze", args=[claim.decisions.get().pk]),
        lambda claim: reverse("claims:correct", args=[make.report(claim.decisions.get()).number]),
    ],
)
def test_so_does_every_page_of_what_belongs_to_it(client, address):
    claim = make.decision(rating=Rating.MISLEADING).claim
    client.force_login(make.editor())

    assert 'is-misleading">Misleading' in client.get(address(claim)).content.decode()
