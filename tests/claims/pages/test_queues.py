import pytest

from claims.models.vocabulary import Status
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
        ("viewer", {"review": 0, "decide": 0, "mine": 0, "weigh": 0}),
        ("reporter", {"review": 0, "decide": 0, "mine": 1, "weigh": 4}),
        ("reviewer", {"review": 8, "decide": 0, "mine": 1, "weigh": 4}),
        ("editor", {"review": 4, "decide": 4, "mine": 1, "weigh": 4}),
    ],
)
def test_a_queue_holds_what_a_person_of_this_role_may_do(people, role, expected):
    assert numbers(people[role]) == expected


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
    monkeypatch.setattr(queues, "MOST_COUNTED", 2)
    monkeypatch.setattr(queues, "MOST_SHOWN", 1)
    person = make.reporter()
    for _each in range(3):
        make.claim(logged_by=person)

    found = queues.shown(person, ClaimQueue.MINE)

    assert (found.amount.number, found.amount.is_more, found.is_cut) == (2, True, True)
