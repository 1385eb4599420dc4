from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from claims.evidence import gathering, progress, weighing
from claims.models import Claim
from claims.models.vocabulary import Stance
from sources.models import Document
from tests import databases, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """A claim at rest, of which something is known of every kind."""
    claim = make.claim(due_at=None)
    make.evidence(claim)
    make.figure(claim)
    claim.searches.add(make.answered_search(found=1))
    make.document(due_at=None)
    return claim


def coverage(claim):
    claim.refresh_from_db()
    return gathering.progress(claim)


def test_nothing_new_is_the_same_text_from_one_query(claim, django_assert_num_queries):
    before = progress.digest(claim.pk)

    with django_assert_num_queries(1):
        assert progress.digest(claim.pk) == before != ""


def test_what_is_no_claim_has_none():
    assert progress.digest(10**15) == ""


CHANGES = {
    "a suggestion": make.evidence,
    "evidence weighed": lambda claim: weighing.confirm(
        claim.evidence.first(), by=make.reviewer(), stance=Stance.SUPPORTS
    ),
    "a figure": lambda claim: make.figure(claim, start=5, end=9),
    "a search": lambda claim: claim.searches.add(make.search()),
    "an answer": lambda claim: claim.searches.update(found=7),
    "a search that fails": lambda claim: claim.searches.update(trouble="It does not answer."),
    "a search that somebody tries again": lambda claim: claim.searches.update(due_at=timezone.now()),
    "another status": lambda claim: Claim.objects.filter(pk=claim.pk).update(status="in_review"),
    "passages compared": lambda claim: Claim.objects.filter(pk=claim.pk).update(compared_with="all"),
    "new coverage": lambda _claim: make.arrival(),
    "a page to fetch": lambda _claim: make.document(due_at=timezone.now() - timedelta(seconds=1)),
    "a page to read": lambda _claim: make.due_reading(),
    "a step that failed": lambda claim: Claim.objects.filter(pk=claim.pk).update(trouble="It broke."),
    "workers that live": lambda _claim: make.living_machine(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_the_page_shows_changes_it(change, claim):
    before = progress.digest(claim.pk)

    change(claim)

    assert progress.digest(claim.pk) != before


def test_a_page_shown_while_a_worker_compares_learns_that_it_is_done(claim):
    Claim.objects.filter(pk=claim.pk).update(due_at=timezone.now())
    shown, working = progress.digest(claim.pk), coverage(claim).working

    Claim.objects.filter(pk=claim.pk).update(due_at=None)

    assert (working, coverage(claim).working) == (True, False)
    assert progress.digest(claim.pk) != shown


def test_what_happens_to_other_claims_does_not(claim):
    before = progress.digest(claim.pk)

    make.evidence(make.claim(due_at=None), passage_=make.passage())

    assert progress.digest(claim.pk) == before


def test_no_table_is_read_through_for_the_answer_that_nothing_is_new(claim, django_assert_num_queries):
    """The planner has seen documents that all wait, and finds none of them: the case in which it reads the table."""
    now = timezone.now()
    Document.objects.bulk_create(
        Document(url=f"https://a.example/{number}", host="a.example", due_at=now) for number in range(3_000)
    )
    with databases.unbound() as cursor:
        cursor.execute("ANALYZE sources_document")

    with django_assert_num_queries(1) as asked:
        progress.digest(claim.pk)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "document_due" in plan
    assert "Seq Scan on sources_document" not in plan
