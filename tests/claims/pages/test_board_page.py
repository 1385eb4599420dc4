"""What the board shows to somebody who reviews blind is the same whatever the others found."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from claims.models.vocabulary import Rating, Said, Status
from claims.pages.board import COLUMNS
from claims.pages.queues import ClaimQueue
from tests import make, rights

pytestmark = pytest.mark.django_db

AGREE = ((Rating.REFUTED, Said.CONFIRMED), (Rating.REFUTED, Said.CONFIRMED))
DIFFER = ((Rating.SUPPORTED, Said.NOT_FOUND), (Rating.REFUTED, Said.CONFIRMED))


@pytest.fixture
def desk():
    """People, and claims in review: all of them have a due date, a tag, a case, and reviewers who were asked."""
    people = {
        "reporter": make.reporter(),
        "reviewer": make.reviewer(),
        "viewer": make.viewer(),
        "editor": make.editor(),
    }
    reviewers = [make.reviewer(first_name=name) for name in ("Ines", "Omar")]
    case = make.desk_case()
    claims = [make.claim(f"Claim {number}", status=Status.IN_REVIEW, logged_by=people["reporter"]) for number in (1, 2)]
    for claim in claims:
        make.claim_plan(claim, owner=people["reporter"])
        make.claim_tag(claim, "War")
        make.case_item(case, claim=claim)
        for person in (*reviewers, people["reviewer"]):
            make.review_invitation(claim, person)
    make.board_view(people["editor"], is_shared=True, query="queue=differ")
    return {**people, "reviewers": reviewers, "claims": claims, "case": case}


def addresses(desk):
    """Return the board in every way in which a finding could show."""
    every = "&".join(f"cols={name}" for name in COLUMNS)
    queues = (ClaimQueue.REVIEW, ClaimQueue.DECIDE, ClaimQueue.DIFFER, ClaimQueue.PUBLISH)
    asked = [f"queue={queue.value}&{every}" for queue in queues]
    asked += [f"rating={Rating.REFUTED}", f"case={desk['case'].pk}&tag=War&person=nobody", "sort=priority", "sort=-due"]
    pages = [f"/cases/{desk['case'].pk}/", desk["claims"][0].get_absolute_url()]
    return ["/", "/claims/export.csv", *pages, *(f"/claims/?{query}" for query in asked)]


@contextmanager
def world():
    """Undo everything that happens here."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shown(desk, reader, findings):
    """Return what a person reads everywhere after the first claim got these reviews."""
    with world():
        for person, (rating, said) in zip(desk["reviewers"], findings, strict=False):
            make.review(desk["claims"][0], reviewer=person, rating=rating, said=said, reasoning=f"So {rating}.")
        client = Client()
        client.force_login(desk[reader])
        return {url: rights.answer(client, url) for url in addresses(desk)}


@pytest.mark.parametrize("reader", ["reporter", "reviewer"])
def test_reviews_that_differ_look_like_reviews_that_agree(desk, reader):
    agree, differ = shown(desk, reader, AGREE), shown(desk, reader, DIFFER)

    assert {url for url, answer in agree.items() if answer.status != 200} == set()
    assert {url for url in agree if agree[url] != differ[url]} == set()


def test_one_review_tells_an_editor_nothing_of_its_finding(desk):
    first, other = shown(desk, "editor", AGREE[:1]), shown(desk, "editor", DIFFER[:1])

    assert {url for url in first if first[url] != other[url]} == set()


def test_an_editor_who_decides_reads_that_reviews_differ(desk):
    agree, differ = shown(desk, "editor", AGREE), shown(desk, "editor", DIFFER)

    assert ("reviews differ" in agree["/"].body, "reviews differ" in differ["/"].body) == (False, True)
    [listed] = [url for url in agree if "queue=differ" in url]
    assert ("Claim 1" in agree[listed].body, "Claim 1" in differ[listed].body) == (False, True)
