import pytest
from django.urls import reverse

from claims.models.vocabulary import Status
from claims.pages import claim_page, next_step, review_page
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db


def step(claim, person):
    return next_step.of(claim, person, claim_page.moves(claim, person), review_page.reviews(claim, person))


def test_an_open_claim_is_sent_to_the_reviewers_at_once():
    claim = make.claim()

    found = step(claim, make.reporter())

    assert (found.url, found.posts) == (reverse("claims:open_review", args=[claim.pk]), True)


@pytest.mark.parametrize("status", [Status.OPEN, Status.DECIDED, Status.WITHDRAWN])
def test_a_viewer_has_no_next_step_outside_a_review(status):
    assert step(make.claim(status=status), make.viewer()) is None


@pytest.mark.parametrize(
    ("role", "number", "page"),
    [
        (Role.VIEWER, 1, None),
        (Role.REPORTER, 2, None),
        (Role.REVIEWER, 0, "submit_review"),
        (Role.REVIEWER, 2, "submit_review"),
        (Role.EDITOR, 1, "submit_review"),
        (Role.EDITOR, 2, "decide"),
    ],
)
def test_the_button_leads_to_the_review_until_an_editor_can_decide(role, number, page):
    claim = make.claim_in_review(reviews=number)

    found = step(claim, make.user(role))

    assert (found.url, found.posts) == (reverse(f"claims:{page}", args=[claim.pk]) if page else "", False)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 reviews have been submitted; a verdict needs 2."),
        (1, "1 review has been submitted; a verdict needs 2."),
        (2, "2 reviews have been submitted; a verdict needs 2."),
    ],
)
def test_the_reviews_so_far_are_told_in_one_sentence(number, said):
    assert step(make.claim_in_review(reviews=number), make.reporter()).text == said


def test_an_editor_who_reviewed_is_told_that_somebody_else_decides_and_who():
    claim, edith = make.claim_in_review(reviews=1), make.editor()
    make.review(claim, reviewer=edith)
    max_ = make.editor(first_name="Max", last_name="Okafor")

    found = step(claim, edith)

    assert found.note == "You reviewed this claim. Somebody else decides it. Who can decide it: Max Okafor."
    assert (found.url, found.alone) == ("", "")
    assert step(claim, max_).label == "Decide"


def test_a_lone_editor_who_reviewed_may_decide_alone():
    claim, edith = make.claim_in_review(reviews=1), make.editor()
    make.review(claim, reviewer=edith)

    found = step(claim, edith)

    assert found.note.endswith("Nobody else here can decide it.")
    assert found.alone == reverse("claims:decide", args=[claim.pk])


def test_an_editor_is_told_before_a_review_that_they_cannot_decide_afterwards():
    found = step(make.claim_in_review(reviews=1), make.editor())

    assert found.note.startswith("If you review this claim, you cannot decide it.")
    assert found.label == "Write your review"


def test_a_reporter_is_told_who_can_decide():
    make.editor(first_name="Max", last_name="Okafor")

    assert step(make.claim_in_review(), make.reporter()).note == "Who can decide it: Max Okafor."


def test_who_reviewed_is_told_so_and_has_no_button():
    claim = make.claim(status=Status.IN_REVIEW)
    reviewer = make.review(claim).reviewer

    found = step(claim, reviewer)

    assert found.text.endswith("You have submitted yours.")
    assert found.url == ""


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_who_logged_the_claim_is_told_that_others_review_it(role):
    person = make.user(role)

    found = step(make.claim_in_review(logged_by=person), person)

    assert (found.url, bool(found.note)) == ("", True)


def test_who_sent_the_claim_is_named():
    remi = make.reporter()

    assert step(make.claim_in_review(handed_over_by=remi), make.reviewer()).sender == remi


def test_only_allowed_moves_get_a_button():
    claim, editor = make.claim(status=Status.IN_REVIEW), make.editor()

    buttons = next_step.move_buttons(claim_page.moves(claim, editor))

    assert [button.value for button in buttons] == ["send_back", "withdraw"]
