import pytest

from claims.models import ClaimPlan, ReviewInvitation
from claims.models.vocabulary import Status
from claims.team import handing_over, planning
from tests import make
from tests.restricted import restricted_claim
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def owner(claim):
    return ClaimPlan.objects.standing().get(claim=claim).owner


@pytest.fixture
def leaving():
    """A reviewer with a claim of each kind in hand, and claims that are not in their hand."""
    person = make.reviewer()
    rows = {"owned": make.claim(), "logged": make.claim(logged_by=person), "asked": make.claim()}
    make.claim_plan(rows["owned"], owner=person)
    make.question(rows["asked"], asked_by=person)
    rows["invited"] = make.claim(status=Status.IN_REVIEW)
    make.review_invitation(rows["invited"], person)
    of_other = make.claim(logged_by=person)
    make.claim_plan(of_other, owner=make.reporter())
    make.claim(logged_by=person, status=Status.WITHDRAWN)
    make.review_invitation(make.review(reviewer=person).claim, person)
    return {"person": person, **rows}


def test_everything_that_a_person_has_in_hand_goes_in_one_act(leaving):
    person, taker = leaving["person"], make.reviewer()

    made = handing_over.hand_over(person, [taker], by=person)

    assert (made.done, made.left) == (4, [])
    assert [owner(leaving[name]) for name in ("owned", "logged", "asked")] == [taker] * 3
    asked = ReviewInvitation.objects.standing().filter(claim=leaving["invited"])
    assert [row.person for row in asked] == [taker]
    assert not handing_over.in_hand(person)
    assert LogEntry.objects.filter(verb="handed over work", actor=person, subject=f"user {person.pk}").count() == 1


def test_several_people_get_the_work_in_turn_and_each_only_what_they_may(leaving):
    reporter, reviewer = make.reporter(), make.reviewer()

    handing_over.hand_over(leaving["person"], [reporter, reviewer], by=leaving["person"])

    owners = [owner(leaving[name]) for name in ("owned", "logged", "asked")]
    assert owners == [reporter, reviewer, reporter]
    assert [row.person for row in ReviewInvitation.objects.standing().filter(claim=leaving["invited"])] == [reviewer]


def test_what_nobody_can_take_stays_and_is_told(leaving):
    made = handing_over.hand_over(leaving["person"], [make.reporter()], by=leaving["person"])

    assert (made.done, made.left) == (3, [leaving["invited"]])
    assert handing_over.in_hand(leaving["person"]).invited == [leaving["invited"]]


@pytest.mark.parametrize("has_reviewed", [True, False])
def test_who_reviews_a_claim_already_does_not_take_the_place_of_another_reviewer(leaving, has_reviewed):
    claim, taker, free = leaving["invited"], make.reviewer(), make.reviewer()
    make.review(claim, reviewer=taker) if has_reviewed else make.review_invitation(claim, taker)

    assert handing_over.hand_over(leaving["person"], [taker], by=leaving["person"]).left == [claim]
    assert handing_over.hand_over(leaving["person"], [free], by=leaving["person"]).left == []


def test_an_administrator_hands_over_the_work_of_somebody_else_and_others_do_not(leaving):
    taker = make.reviewer()

    with pytest.raises(NotPermitted):
        handing_over.hand_over(leaving["person"], [taker], by=make.editor())

    assert handing_over.hand_over(leaving["person"], [taker], by=make.admin()).done == 4


@pytest.mark.parametrize("case", ["nobody", "same_person", "nothing"])
def test_an_empty_hand_over_is_refused(case):
    person, other = make.reporter(), make.reporter()
    if case != "nothing":
        planning.plan(make.claim(), {"owner": person}, by=other)
    to = {"nobody": [], "same_person": [person], "nothing": [other]}[case]

    with pytest.raises(Refusal) as refused:
        handing_over.hand_over(person, to, by=person)

    assert refused.value.code == case


def test_a_restricted_claim_stays_with_those_who_see_it():
    person = make.reporter()
    claim = restricted_claim(by=person)

    made = handing_over.hand_over(person, [make.reporter()], by=person)

    assert (made.done, made.left) == (0, [claim])
