import pytest

from claims.models import ReviewInvitation
from claims.models.vocabulary import Move, Status
from claims.review import rules
from claims.team import inviting
from tests import make
from workbench.desk.refusal import Refusal

pytestmark = pytest.mark.django_db


def standing(claim):
    return [row.person for row in ReviewInvitation.objects.standing().filter(claim=claim)]


def test_an_invitation_is_made_once_and_can_be_taken_back():
    claim, rev, rep = make.claim(), make.reviewer(), make.reporter()

    inviting.invite(claim, rev, by=rep)
    inviting.invite(claim, rev, by=rep)
    assert standing(claim) == [rev]

    inviting.take_back(claim, rev, by=rep)
    assert standing(claim) == []
    assert ReviewInvitation.objects.get().ended_by == rep


@pytest.mark.parametrize("who", ["logger", "reporter"])
def test_only_who_may_review_a_claim_is_asked(who):
    logger = make.reviewer()
    person = {"logger": logger, "reporter": make.reporter()}[who]

    with pytest.raises(Refusal) as refused:
        inviting.invite(make.claim(logged_by=logger), person, by=make.editor())

    assert refused.value.code == "not_reviewer"


def test_who_was_not_asked_may_review_all_the_same():
    claim = make.claim(status=Status.IN_REVIEW)
    inviting.invite(claim, make.reviewer(), by=make.editor())

    assert Move.REVIEW in rules.allowed(claim, make.reviewer())
