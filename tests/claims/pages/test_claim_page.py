import pytest

from claims.models.vocabulary import AssertionStatus, Status
from claims.pages import claim_page
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_each_suggestion_knows_the_one_to_go_to_next(number):
    claim = make.claim()
    keys = [make.evidence(claim).pk for _each in range(number)]

    shown = claim_page.suggestions(claim)

    then = {0: [], 1: [0], 2: [*keys[1:], *keys[:1]], 3: [*keys[1:], *keys[1:2]]}[number]
    assert [(item.evidence.pk, item.then) for item in shown] == list(zip(keys, then, strict=True))


def test_a_passage_is_shown_in_its_paragraph():
    claim = make.claim()
    reading = make.reading("First.", "Second.")
    make.evidence(claim, reading.passages.last())

    shown = claim_page.suggestions(claim)[0]

    assert (shown.before, shown.evidence.passage.exact, shown.after) == ("", "Second.", "")


def test_a_claim_is_cut_at_its_figures_and_loses_no_character():
    claim = make.claim("Twelve hurt, 21 killed.")
    first = make.claim_figure(claim, 0, 6)
    make.claim_figure(claim, 3, 8)
    last = make.claim_figure(claim, 13, 15)
    make.claim_figure(claim, 16, 22, standing=AssertionStatus.REJECTED)

    found = claim_page.pieces(claim)

    assert [(piece.text, piece.figure) for piece in found] == [
        ("", None), ("Twelve", first), (" hurt, ", None), ("21", last), (" killed.", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "role", "expected"),
    [
        (Status.OPEN, Role.VIEWER, set()),
        (Status.OPEN, Role.REPORTER, {"weigh", "open_review"}),
        (Status.OPEN, Role.EDITOR, {"weigh", "open_review", "withdraw"}),
        (Status.IN_REVIEW, Role.REVIEWER, {"weigh", "review"}),
        (Status.IN_REVIEW, Role.EDITOR, {"weigh", "review", "send_back", "withdraw"}),
        (Status.DECIDED, Role.REVIEWER, set()),
        (Status.DECIDED, Role.EDITOR, {"reopen"}),
        (Status.WITHDRAWN, Role.EDITOR, {"restore"}),
    ],
)
def test_a_page_offers_what_this_person_may_do_now(status, role, expected):
    moves = claim_page.moves(make.claim(status=status), make.user(role))

    assert {name for name, allowed in moves.items() if allowed} == expected


@pytest.mark.parametrize(("reviews", "offered"), [(0, True), (1, False)])
def test_taking_back_is_offered_to_who_handed_the_claim_over_until_a_review_is_in(reviews, offered):
    remi = make.reporter()
    claim = make.claim_in_review(reviews=reviews, handed_over_by=remi)

    assert [claim_page.moves(claim, person)["take_back"] for person in (remi, make.reporter())] == [offered, False]


def test_an_editor_who_can_send_a_claim_back_is_not_offered_to_take_it_back_too():
    editor = make.editor()

    moves = claim_page.moves(make.claim(status=Status.IN_REVIEW, handed_over_by=editor), editor)

    assert (moves["send_back"], moves["take_back"]) == (True, False)


def test_who_logged_a_claim_is_offered_neither_review_nor_decision():
    editor = make.editor()

    moves = claim_page.moves(make.claim(status=Status.IN_REVIEW, logged_by=editor), editor)

    assert not moves["review"]
    assert not moves["decide"]
