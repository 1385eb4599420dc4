import pytest

from claims.models.vocabulary import ClaimRule, Status
from claims.pages import review_page
from claims.pages.forms.review import DecisionForm, ReviewForm
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

SENT = {"rating": "disputed", "said": "confirmed", "reasons": "Half written."}


def page(claim, person, form):
    return review_page.finding_page(claim, person, form)


def decision_form(claim, sent=None):
    return DecisionForm(sent, claim=claim)


@pytest.mark.parametrize(
    ("role", "number", "said"),
    [
        (Role.REVIEWER, 1, "1 review has been submitted. You will see it after you submit yours"),
        (Role.REVIEWER, 2, "2 reviews have been submitted. You will see them after you submit yours"),
        (Role.REPORTER, 1, "1 review has been submitted. It will be shown once the claim is decided."),
        (Role.VIEWER, 2, "2 reviews have been submitted. They will be shown once the claim is decided."),
        (Role.EDITOR, 2, ""),
    ],
)
def test_hidden_reviews_are_counted_and_it_is_said_when_they_show(role, number, said):
    found = review_page.reviews(make.claim_in_review(reviews=number), make.user(role))

    assert found.hidden.startswith(said)
    assert bool(found.hidden) is bool(said)


def test_who_logged_the_claim_is_not_told_of_a_review_of_their_own():
    reviewer = make.reviewer()

    found = review_page.reviews(make.claim_in_review(logged_by=reviewer), reviewer)

    assert "you submit yours" not in found.hidden


def test_a_review_of_an_earlier_round_says_which():
    claim = make.claim(status=Status.DECIDED, round=2)
    for number in (1, 2):
        make.review(claim, round=number)
        make.decision(claim, round=number)

    found = review_page.reviews(claim, make.reviewer())

    assert [shown.round for shown in found.shown] == [0, 1]


def test_a_reviewer_gets_the_form_with_nothing_to_know_before():
    claim = make.claim(status=Status.IN_REVIEW)

    assert page(claim, make.reviewer(), ReviewForm()) == review_page.FindingPage(drawn=True)


def test_a_review_that_could_not_be_taken_back_is_not_offered_twice():
    claim = make.claim(status=Status.IN_REVIEW)

    found = page(claim, make.review(claim).reviewer, ReviewForm())

    assert (found.drawn, bool(found.notice)) == (False, True)


def test_an_editor_who_can_read_the_reviews_gives_the_verdict_and_no_review():
    claim, editor = make.claim_in_review(), make.editor()

    assert [page(claim, editor, form).drawn for form in (ReviewForm(), decision_form(claim))] == [False, True]


def test_an_editor_is_warned_that_a_review_takes_the_verdict_from_them():
    found = page(make.claim_in_review(reviews=1), make.editor(), ReviewForm())

    assert (found.drawn, found.notice) == (True, "If you review this claim, you cannot decide it.")


def test_an_editor_who_must_decide_alone_is_asked_why():
    claim, edith = make.claim_in_review(reviews=1), make.editor()
    make.review(claim, reviewer=edith)

    assert page(claim, edith, decision_form(claim)).alone == [ClaimRule.REVIEWER]
    make.editor()
    found = page(claim, edith, decision_form(claim))
    assert (found.drawn, found.alone, found.notice) == (False, (), "You reviewed this claim. Somebody else decides it.")


@pytest.mark.parametrize("number", [0, 1])
def test_too_few_reviews_are_a_warning_beside_the_form(number):
    claim = make.claim_in_review(reviews=number)

    found = page(claim, make.editor(), decision_form(claim))

    assert (found.drawn, f"{number} have been submitted" in found.notice) == (True, True)


@pytest.mark.parametrize("status", [Status.OPEN, Status.DECIDED, Status.WITHDRAWN])
@pytest.mark.parametrize("sent", [None, SENT])
def test_a_form_that_was_sent_is_drawn_whatever_became_of_the_claim(status, sent):
    claim, editor = make.claim(status=status), make.editor()

    drawn = [page(claim, editor, form).drawn for form in (ReviewForm(sent), decision_form(claim, sent))]

    assert drawn == [sent is not None] * 2


def test_the_verdict_that_came_first_is_named():
    decision = make.decision(make.claim(status=Status.DECIDED))

    found = page(decision.claim, make.editor(), decision_form(decision.claim, SENT))

    assert found.overtaken_by == decision


def test_a_refusal_in_the_list_of_errors_is_not_said_twice():
    claim = make.claim(status=Status.OPEN)
    form = ReviewForm(SENT)
    form.add_error(None, "This claim is not in review.")

    assert page(claim, make.reviewer(), form).notice == ""
