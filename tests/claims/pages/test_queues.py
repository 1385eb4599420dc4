from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models.vocabulary import Rating, Said, Status
from claims.pages import queues
from claims.pages.queues import ClaimQueue
from tests import make

pytestmark = pytest.mark.django_db


def numbers(person):
    return {queue.value: queues.shown(person, queue).amount.number for queue in ClaimQueue}


@pytest.fixture
def people():
    """A person of each role, and claims of theirs and of others in every state that waits for somebody."""
    make.editor()  # somebody else can decide
    people = {maker.__name__: maker() for maker in (make.viewer, make.reporter, make.reviewer, make.editor)}
    for logged_by in (*people.values(), make.reporter()):
        make.evidence(make.claim(logged_by=logged_by))
        make.claim(logged_by=logged_by, status=Status.WITHDRAWN)
        make.claim_in_review(logged_by=logged_by, reviews=1)
        make.claim_in_review(logged_by=logged_by, reviews=2)
    return people


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("viewer", {}),
        ("reporter", {"mine": 1, "weigh": 4}),
        ("reviewer", {"review": 8, "mine": 1, "weigh": 4}),
        ("editor", {"review": 4, "decide": 4, "mine": 1, "weigh": 4}),
    ],
)
def test_a_queue_holds_what_a_person_of_this_role_may_do(people, role, expected):
    assert numbers(people[role]) == dict.fromkeys(ClaimQueue.values, 0) | expected


def test_a_claim_that_an_editor_reviewed_is_not_theirs_to_decide():
    claim, edith, other = make.claim_in_review(reviews=1), make.editor(), make.editor()
    make.review(claim, reviewer=edith)

    assert (numbers(edith)["decide"], numbers(other)["decide"]) == (0, 1)


def test_a_lone_editor_has_every_claim_that_only_they_can_decide_in_their_queue():
    edith = make.editor()
    make.claim(status=Status.IN_REVIEW, logged_by=edith)
    assert numbers(edith)["decide"] == 1

    make.claim_in_review(logged_by=edith, reviews=2)
    make.claim_in_review(logged_by=edith, reviews=1)
    assert numbers(edith)["decide"] == 1


def test_a_queue_beyond_what_we_count_says_so(monkeypatch):
    monkeypatch.setattr(queues, "MOST_OF_ONES_OWN", 2)
    monkeypatch.setattr(queues, "MOST_SHOWN", 1)
    person = make.reporter()
    for _each in range(3):
        make.claim(logged_by=person)

    found = queues.shown(person, ClaimQueue.MINE)

    assert (found.amount.number, found.amount.is_more, found.is_cut) == (2, True, True)


def test_a_claim_is_its_owners_and_no_longer_of_who_logged_it():
    rep, owner = make.reporter(), make.reporter()
    claim = make.claim(logged_by=rep)
    make.evidence(claim)
    make.claim_plan(claim, owner=owner)

    assert (numbers(rep)["mine"], numbers(rep)["weigh"]) == (0, 1)
    assert (numbers(owner)["mine"], numbers(owner)["weigh"]) == (1, 0)


def test_what_is_late_and_what_is_due_comes_first():
    rep = make.reporter()
    today = timezone.localdate()
    for text, days in (("late", -1), ("today", 0), ("next", 1)):
        make.claim_plan(make.claim(text, logged_by=rep), due_on=today + timedelta(days=days))
    make.claim("whenever", logged_by=rep)

    mine = [claim.text for claim in queues.shown(rep, ClaimQueue.MINE).claims]
    late = [claim.text for claim in queues.shown(rep, ClaimQueue.LATE).claims]

    assert (mine, late) == (["late", "today", "next", "whenever"], ["late"])


@pytest.mark.parametrize("number", [4, 9])
def test_the_newest_claims_of_a_person_are_those_they_own_and_those_they_logged(number):
    rep = make.reporter()
    for place in range(number):
        logged = make.claim(f"logged {place}", logged_by=rep)
        make.claim_plan(make.claim(f"owned {place}"), owner=rep)
        if place == number - 1:
            make.claim_plan(logged, owner=make.reporter())

    found = queues.shown(rep, ClaimQueue.MINE)

    owned, logged = [f"owned {place}" for place in range(number)], [f"logged {place}" for place in range(number - 1)]
    expected = [owned[-1], *(text for pair in zip(owned[-2::-1], logged[::-1], strict=True) for text in pair)]
    assert [claim.text for claim in found.claims] == expected[: queues.MOST_SHOWN]
    assert found.amount.number == 2 * number - 1


def test_a_verdict_waits_for_its_report_until_one_is_published_or_proposed():
    edith, rep = make.editor(), make.reporter()
    decision = make.decision(make.claim(status=Status.DECIDED))
    restricted = make.decision(make.claim(status=Status.DECIDED, logged_by=rep)).claim
    make.claim_access(restricted, rep)
    make.report()
    assert queues.shown(edith, ClaimQueue.PUBLISH).claims == [decision.claim]

    make.proposed_report(decision)

    assert numbers(edith)["publish"] == 0


@pytest.mark.parametrize(
    ("rating", "said", "number"),
    [
        (Rating.REFUTED, Said.CONFIRMED, 0),
        (Rating.SUPPORTED, Said.CONFIRMED, 1),
        (Rating.REFUTED, Said.NOT_FOUND, 1),
    ],
)
def test_reviews_that_differ_are_found_by_who_decides(rating, said, number):
    edith = make.editor()
    claim = make.claim(status=Status.IN_REVIEW)
    for finding in ((Rating.REFUTED, Said.CONFIRMED), (rating, said)):
        make.review(claim, rating=finding[0], said=finding[1])

    assert (numbers(edith)["differ"], numbers(make.reviewer())["differ"]) == (number, 0)
