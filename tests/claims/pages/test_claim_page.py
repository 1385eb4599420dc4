import pytest
from django.test import RequestFactory

from claims.models.vocabulary import AssertionStatus, Stance, Status
from claims.pages import claim_page, claim_queries
from sources.models.vocabulary import Outcome
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcome", "told", "readable"),
    [("", False, False), (Outcome.OK, False, True), (Outcome.NOT_MODIFIED, False, False), (Outcome.GONE, True, False)],
)
def test_an_appearance_says_why_its_page_could_not_be_read(outcome, told, readable):
    seen = make.appearance(document=make.document(last_outcome=outcome))

    [shown] = claim_page.appearances(RequestFactory().get("/"), seen.claim)

    assert (shown.trouble, shown.readable) == (str(Outcome(outcome).label) if told else "", readable)


def test_a_link_leaves_out_the_claim_of_the_page():
    link = make.claim_link(standing=AssertionStatus.CONFIRMED)

    [mine], [theirs] = (claim_page.links(RequestFactory().get("/"), end) for end in (link.claim, link.other))

    assert (mine.first, mine.second) == (None, link.other)
    assert (theirs.first, theirs.second) == (link.claim, None)


WORK = {"add", "search", "weigh"}


@pytest.mark.parametrize(
    ("status", "role", "expected"),
    [
        (Status.OPEN, Role.VIEWER, set()),
        (Status.OPEN, Role.REPORTER, {*WORK, "open_review"}),
        (Status.OPEN, Role.EDITOR, {*WORK, "open_review", "withdraw"}),
        (Status.IN_REVIEW, Role.REVIEWER, {*WORK, "review"}),
        (
            Status.IN_REVIEW,
            Role.EDITOR,
            {*WORK, "review", "decide_alone", "send_back", "withdraw"},
        ),  # nobody else is here
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


LISTS = {
    "appearances": (claim_page.appearances, make.appearance),
    "links": (claim_page.links, make.claim_link),
    "wordings": (claim_page.wordings, make.wording),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_a_claim_has_much_of_comes_a_page_at_a_time(name):
    listed, made = LISTS[name]
    claim, number = make.claim(), claim_page.PER_PAGE + 1
    for _ in range(number):
        made(claim)

    first = listed(RequestFactory().get("/"), claim)
    second = listed(RequestFactory().get(f"/{first.next_url}"), claim)

    assert (len(first), len(second), second.next_url) == (claim_page.PER_PAGE, 1, "")
    assert first.next_url.endswith(f"#{name}")


def test_weighed_evidence_comes_a_page_of_each_stance_at_a_time_the_best_first():
    claim = make.claim()
    for number in range(claim_page.PER_PAGE + 1):
        make.confirmed_evidence(claim, stance=Stance.SUPPORTS, score=number / 100)
    refuting = make.confirmed_evidence(claim, stance=Stance.REFUTES, score=None)

    kinds = {each[:2] for each in claim_queries.outline(claim.pk)}
    first = dict(claim_page.weighed_pages(RequestFactory().get("/"), claim, kinds)["by_stance"])
    request = RequestFactory().get(f"/{first[Stance.SUPPORTS].next_url}")
    second = dict(claim_page.weighed_pages(request, claim, kinds)["by_stance"])

    scores = [shown.evidence.score for page in (first, second) for shown in page[Stance.SUPPORTS]]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == claim_page.PER_PAGE + 1
    assert [shown.evidence for shown in second[Stance.REFUTES]] == [refuting]
