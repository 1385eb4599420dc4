"""Pages offer what activities accept, in every case; and the cases in which they once disagreed."""

import pytest
from django.db import transaction

from claims.evidence import gathering, weighing
from claims.intake import recording
from claims.models.vocabulary import ClaimRule, Move, Rating, Stance, Status, WordingKind
from claims.review import mending, reviewing, rules
from claims.review.mending import ClaimWords
from claims.review.reviewing import Finding
from tests import make
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db

FINDING = Finding(Rating.REFUTED, "The log shows repairs.")
WORDING = {"text": "The bridge is shut.", "language": "en", "kind": WordingKind.VARIANT}
ACTIVITIES = {
    Move.ADD: lambda claim, by: recording.add_wording(claim, by=by, **WORDING),
    Move.SEARCH: lambda claim, by: gathering.put_search(claim, by=by, words="bridge Arvel"),
    Move.WEIGH: lambda claim, by: weighing.confirm(claim.evidence.first(), by=by, stance=Stance.DISCUSSES),
    Move.OPEN_REVIEW: lambda claim, by: reviewing.open_review(claim, by=by),
    Move.REVIEW: lambda claim, by: reviewing.submit_review(claim, FINDING, by=by),
    Move.DECIDE: lambda claim, by: reviewing.decide(claim, FINDING, by=by, cited=[claim.evidence.first()]),
    Move.DECIDE_ALONE: lambda claim, by: reviewing.decide_alone(
        claim, FINDING, by=by, cited=[claim.evidence.first()], waiver="We are few."
    ),
    Move.TAKE_BACK: lambda claim, by: reviewing.take_back(claim, by=by, reason="So."),
    Move.SEND_BACK: lambda claim, by: reviewing.send_back(claim, by=by, reason="So."),
    Move.REOPEN: lambda claim, by: reviewing.reopen(claim, by=by, reason="So."),
    Move.RESTORE: lambda claim, by: reviewing.restore(claim, by=by, reason="So."),
    Move.WITHDRAW: lambda claim, by: reviewing.withdraw(claim, by=by, reason="So."),
    Move.CORRECT_CLAIM: lambda claim, by: mending.correct_claim(
        claim, ClaimWords("Other words.", "en"), by=by, reason="So."
    ),
    Move.TAKE_BACK_CLAIM: lambda claim, by: reviewing.take_back_claim(claim, by=by, reason="So."),
}


def accepted(move, claim, person):
    """Whether the activity of a move does it; it is undone at once."""
    try:
        with transaction.atomic():
            ACTIVITIES[move](claim, person)
            transaction.set_rollback(True)
    except (Refusal, NotPermitted):
        return False
    return True


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("relation", ["none", "logged_by", "handed_over_by", "reviewer"])
@pytest.mark.parametrize("reviews", [0, 1, 2])
def test_a_move_is_allowed_just_where_its_activity_accepts_it(role, status, relation, reviews):
    person = make.user(role)
    named = {relation: person} if relation.endswith("_by") else {}
    claim = make.claim(status=status, **named)
    make.confirmed_evidence(claim)
    for number in range(reviews):
        make.review(claim, reviewer=person if relation == "reviewer" and number == 0 else None)

    assert rules.allowed(claim, person) == {move for move in Move if accepted(move, claim, person)}


@pytest.mark.parametrize("policy", [(), (ClaimRule.LOGGER, ClaimRule.REVIEWER), (ClaimRule.REVIEWS,)])
@pytest.mark.parametrize("others", [(), (make.reviewer,), (make.editor,), (make.reviewer, make.reviewer)])
@pytest.mark.parametrize("relation", ["none", "logged_by", "reviewer"])
def test_a_verdict_alone_is_offered_just_where_it_is_accepted(policy, others, relation):
    editor, viewer = make.editor(), make.viewer()
    others = [maker() for maker in others]
    if policy:
        make.policy(*policy, proposed_by=editor, second=viewer)
    logger = editor if relation == "logged_by" else viewer
    claim = make.claim(status=Status.IN_REVIEW, logged_by=logger)
    make.confirmed_evidence(claim, by=viewer)  # else a reviewer confirms it
    if relation == "reviewer":
        make.review(claim, reviewer=editor)

    allowed = rules.allowed(claim, editor)

    lone = [other for other in others if other.role == Role.EDITOR] == []
    enough = {"none": 2, "logged_by": 2, "reviewer": 1}[relation] <= len(others)
    person = relation == "none" or lone or ClaimRule.LOGGER in policy
    assert (Move.DECIDE_ALONE in allowed) == (person and (not enough or ClaimRule.REVIEWS in policy))
    assert {move for move in allowed if move.startswith("decide")} == {
        move for move in (Move.DECIDE, Move.DECIDE_ALONE) if accepted(move, claim, editor)
    }


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_who_reviewed_a_claim_does_not_decide_it(role):
    claim, person = make.claim_in_review(reviews=1), make.user(role)
    make.review(claim, reviewer=person)
    other = make.editor()

    assert not rules.allowed(claim, person) & {Move.DECIDE, Move.DECIDE_ALONE}
    assert rules.hindrance(Move.DECIDE, claim, person).code == "reviewed"
    refusal = rules.hindrance(Move.DECIDE_ALONE, claim, person)
    assert (refusal.code, str(other) in str(refusal)) == ("others_can", True)
    assert Move.DECIDE in rules.allowed(claim, other)


def test_who_reviewed_a_round_that_was_sent_back_does_not_decide_the_next():
    claim, edith, other = make.claim(status=Status.IN_REVIEW), make.editor(), make.editor()
    make.review(claim, reviewer=edith)
    reviewing.send_back(claim, by=edith, reason="Look again.")
    reviewing.open_review(claim, by=other)
    claim.refresh_from_db()
    for _time in range(2):
        make.review(claim, round=2)

    assert rules.hindrance(Move.DECIDE, claim, edith).code == "reviewed"
    assert str(edith) not in str(rules.hindrance(Move.DECIDE_ALONE, claim, edith))
    assert Move.DECIDE in rules.allowed(claim, other)
    assert Move.REVIEW not in rules.allowed(claim, other)


def test_who_reviewed_before_the_last_verdict_may_decide_the_next():
    claim, edith = make.claim(status=Status.IN_REVIEW, round=2), make.editor()
    make.review(claim, reviewer=edith, round=1)
    make.decision(claim, round=1)
    for _time in range(2):
        make.review(claim, round=2)

    assert Move.DECIDE in rules.allowed(claim, edith)


def test_a_closed_account_is_nobody_who_could_decide():
    claim, edith = make.claim_in_review(), make.editor()
    make.review(claim, reviewer=edith)
    make.editor(is_active=False)
    make.editor(is_superuser=True)  # counts as an administrator

    assert Move.DECIDE_ALONE in rules.allowed(claim, edith)


def test_who_has_reviewed_in_this_round_is_not_to_review_again():
    review = make.review(reviewer=make.reviewer())

    assert Move.REVIEW not in rules.allowed(review.claim, review.reviewer)
    assert rules.hindrance(Move.REVIEW, review.claim, review.reviewer).code == "already_reviewed"


def test_who_reviewed_in_an_earlier_round_is_to_review_again():
    claim, rana = make.claim(status=Status.IN_REVIEW, round=2), make.reviewer()
    make.review(claim, reviewer=rana, round=1)

    assert Move.REVIEW in rules.allowed(claim, rana)


@pytest.mark.parametrize(("reviews", "may"), [(0, False), (1, False), (2, True), (3, True)])
def test_an_editor_decides_once_enough_have_reviewed(reviews, may):
    claim = make.claim_in_review(reviews=reviews)

    assert (Move.DECIDE in rules.allowed(claim, make.editor())) is may


@pytest.mark.parametrize(("reviews", "editor", "reviewer"), [(1, True, True), (2, False, True)])
def test_an_editor_who_may_read_the_reviews_is_not_to_review_blind(reviews, editor, reviewer):
    claim = make.claim_in_review(reviews=reviews)

    offered = [Move.REVIEW in rules.allowed(claim, person) for person in (make.editor(), make.reviewer())]

    assert offered == [editor, reviewer]


@pytest.mark.parametrize(("status", "queries"), [(Status.OPEN, 0), (Status.IN_REVIEW, 3), (Status.DECIDED, 0)])
def test_what_is_allowed_costs_few_queries(django_assert_num_queries, status, queries):
    claim, editor = make.claim(status=status), make.editor()

    with django_assert_num_queries(queries):
        rules.allowed(claim, editor)
