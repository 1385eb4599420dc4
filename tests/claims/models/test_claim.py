import threading

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction

from claims.models import Claim
from claims.models.vocabulary import CLOSED, MOVES, Status
from tests import make
from tests.refusing import refused

pytestmark = pytest.mark.django_db


def test_a_claim_waits_for_reviewers_who_did_not_log_it_nor_review_it():
    reviewer = make.reviewer()
    waiting = make.claim(status=Status.IN_REVIEW)
    make.claim(status=Status.IN_REVIEW, logged_by=reviewer)
    make.claim(status=Status.OPEN)
    make.review(make.claim(status=Status.IN_REVIEW), reviewer=reviewer)

    assert list(Claim.objects.all().waiting_for(reviewer)) == [waiting]


def test_a_claim_in_its_second_round_waits_for_who_reviewed_the_first():
    claim, reviewer = make.claim(status=Status.IN_REVIEW, round=2), make.reviewer()
    make.review(claim, reviewer=reviewer, round=1)

    assert list(Claim.objects.all().waiting_for(reviewer)) == [claim]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_claims_takes_one_query(rows, django_assert_num_queries):
    for _each in range(rows):
        make.claim_in_review()

    with django_assert_num_queries(1):
        shown = [(c.logged_by.username != "", c.reviewed) for c in Claim.objects.all().for_list()]

    assert shown == [(True, 2)] * rows


@pytest.mark.parametrize("status", Status)
def test_a_claim_may_become_what_the_table_of_moves_says(status):
    claim = Claim(status=status)

    assert {after for after in Status if claim.may_become(after)} == MOVES[status]


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"text": ""}, "claim_has_text"),
        ({"type": "rumor"}, "claim_type_known"),
        ({"status": "lost"}, "claim_status_known"),
        ({"claimed_at": make.MONDAY}, "claim_date_has_precision"),
        ({"claimed_precision": "day"}, "claim_date_has_precision"),
    ],
)
def test_the_database_refuses_a_claim_that_is_none(columns, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Claim.objects.create(**{"text": "x", "language": "en", "logged_by": make.reporter(), **columns})


@pytest.mark.parametrize("change", [{"text": "Another."}, {"language": "fr"}, {"logged_at": make.MONDAY}])
def test_the_words_of_a_claim_stay_as_they_were_logged(change):
    claim = make.claim()

    with pytest.raises(ProgrammingError, match=r"Cannot update|only as a correction"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**change)


def test_a_claim_is_not_linked_to_itself():
    claim = make.claim()

    with pytest.raises(IntegrityError, match="not_linked_to_itself"), transaction.atomic():
        make.claim_link(claim, claim)


@pytest.mark.parametrize(
    ("words", "found"), [("bridge", True), ("PONT shut", True), ("bridge tunnel", False), ("", True)]
)
def test_a_claim_is_found_by_the_words_of_all_its_texts(words, found):
    claim = make.claim("The bridge at Arvel", short_text="Bridge shut")
    make.wording(claim, text="Le pont d’Arvel")

    assert (claim in Claim.objects.search(words)) is found


@pytest.mark.parametrize("status", Status)
def test_a_closed_claim_is_not_held_to_add_to_it(status):
    claim = make.claim(status=status)

    if status in CLOSED:
        with refused("closed"):
            Claim.objects.hold_open(claim.pk)
    else:
        assert Claim.objects.hold_open(claim.pk) == claim
    assert Claim.objects.hold(claim.pk).status == status


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("alone", [True, False])
def test_a_claim_that_is_held_alone_takes_no_row_of_others(alone):
    claim, person, added = make.claim(), make.reporter(), []

    def add():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            make.question(claim, asked_by=person)
            added.append(True)
        except OperationalError:
            added.append(False)
        finally:
            connection.close()

    with transaction.atomic():
        Claim.objects.hold(claim.pk, alone=alone)
        thread = threading.Thread(target=add)
        thread.start()
        thread.join()

    assert added == [not alone]


def test_a_long_claim_is_named_by_how_it_begins_with_a_sign_that_it_goes_on():
    assert str(Claim(text="word " * 40)).endswith(" word…")
    assert str(Claim(text="The dam broke.")) == "The dam broke."
