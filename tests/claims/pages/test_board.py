from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import AssertionStatus, Stance, Status
from claims.pages import board, claim_queries, workspace
from tests import make

pytestmark = pytest.mark.django_db


def rows(*claims):
    found = Claim.objects.for_list().filter(pk__in=[claim.pk for claim in claims]).order_by("pk")
    return board.rows_of(found, tuple(board.COLUMNS))


def test_a_row_has_what_the_desk_set_last():
    claim, owner = make.claim(), make.reporter()
    make.claim_plan(claim, ended_at=timezone.now(), ended_by=make.editor(), priority=Priority.LOW)
    make.claim_plan(claim, owner=owner, due_on=timezone.localdate() - timedelta(days=1), priority=Priority.HIGH)
    make.claim_tag(claim, "War")
    make.claim_tag(claim, "Arvel")

    [row] = rows(claim)

    assert (row.owner, row.is_late, row.is_due_today, row.is_urgent, row.tags) == (
        owner,
        True,
        False,
        True,
        ["Arvel", "War"],
    )


def test_a_row_counts_evidence_by_what_it_does_and_a_passage_once():
    claim, twice = make.claim(), make.passage("The bridge was closed.")
    make.confirmed_evidence(claim, passage_=twice, stance=Stance.SUPPORTS)
    make.confirmed_evidence(claim, stance=Stance.REFUTES)
    make.confirmed_evidence(claim, stance=Stance.REFUTES, passage_=make.passage("Nobody saw it closed."))
    make.evidence(claim, make.passage("Another."))

    [row] = rows(claim)

    assert row.weighed == (1, 2, 0)


def test_a_row_counts_documents_as_the_page_of_the_claim_does():
    claim, reading = make.claim(), make.reading("It was closed.", "Nobody saw it.")
    for passage in (*reading.passages.all(), make.passage("It was closed.")):
        make.confirmed_evidence(claim, passage_=passage, stance=Stance.SUPPORTS)

    [row] = rows(claim)

    counted = workspace.counted(claim_queries.outline(claim.pk))
    assert (reading.passages.count(), row.weighed) == (2, (1, 0, 0))
    assert tuple(number for _stance, _label, number in counted) == row.weighed


def test_a_row_counts_what_an_article_says_once():
    claim = make.claim()
    for standing, words in ((AssertionStatus.SUGGESTED, "Twelve were hurt."), (AssertionStatus.CONFIRMED, "It fell.")):
        passages = [make.passage(words), make.passage(words)]
        for passage in passages:
            make.evidence(claim, passage, standing=standing)
        make.same_article(*(passage.reading.capture.document for passage in reversed(passages)))

    [row] = rows(claim)

    assert (row.suggestions, row.confirmed) == (1, 1)


def test_a_row_says_who_has_handed_in_a_review_of_this_round_and_no_more():
    claim, done, earlier = make.claim(status=Status.IN_REVIEW, round=2), make.reviewer(), make.reviewer()
    make.review(claim, reviewer=done, round=2)
    make.review(claim, reviewer=earlier, round=1)
    for person in (done, earlier):
        make.review_invitation(claim, person)

    [row] = rows(claim)

    assert [(each.person, each.is_done) for each in row.reviewers] == [(done, True), (earlier, False)]
    assert vars(row.reviewers[0]).keys() == {"person", "is_done"}


def test_a_claim_that_is_decided_is_not_late():
    claim = make.claim(status=Status.DECIDED)
    make.claim_plan(claim, due_on=timezone.localdate() - timedelta(days=1))

    [row] = rows(claim)

    assert not row.is_late


def test_thirty_rows_need_as_many_queries_as_one():
    def add():
        claim = make.claim(status=Status.IN_REVIEW)
        make.review_invitation(claim, make.review(claim).reviewer)
        make.claim_plan(claim, owner=make.reporter())
        make.claim_tag(claim)
        make.confirmed_evidence(claim)
        return claim

    claims = [add()]
    with CaptureQueriesContext(connection) as one:
        rows(*claims)
    claims += [add() for _each in range(10)]
    with CaptureQueriesContext(connection) as many:
        rows(*claims)

    assert len(many) == len(one) <= 8


@pytest.mark.parametrize(("names", "expected"), [([], board.DEFAULT), (["due", "nonsense", "type"], ("type", "due"))])
def test_columns_come_in_the_order_of_the_table(names, expected):
    assert board.chosen(names) == expected
