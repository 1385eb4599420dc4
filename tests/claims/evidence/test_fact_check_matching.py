from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from claims.evidence import fact_check_matching, weighing
from claims.models import CheckLookup
from claims.models.vocabulary import AssertionStatus, Status
from sources.models import FactCheck
from sources.models.vocabulary import Engine
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

ARABIC = "أُغلق جسر أرفيل بسبب إرهابيين."
TURKISH = "Arvel’deki köprü teröristler yüzünden kapatıldı."


def look_up(claim):
    """Look up the fact-checks of a claim once, and return what is suggested."""
    lookup, _new = CheckLookup.objects.get_or_create(claim=claim)
    CheckLookup.objects.filter(pk=lookup.pk).update(due_at=timezone.now())
    drain(CheckLookup.objects.filter(pk=lookup.pk), fact_check_matching.look_up, budget=timedelta(seconds=0.01))
    return [row.fact_check for row in claim.earlier_checks.suggested()]


def test_a_fact_check_of_the_same_claim_is_suggested_and_of_others_none():
    claim = make.claim()
    same = make.fact_check("Terrorists closed the bridge at Arvel.")
    make.fact_check("A cure for baldness was found in a bridge game.")

    assert look_up(claim) == [same]
    [row] = claim.earlier_checks.all()
    assert (row.fingerprint, "Arvel" in row.why) == (same.fingerprint, True)


def test_it_is_found_in_another_language_by_its_meaning():
    claim = make.claim()
    turkish = make.fact_check(TURKISH, language="tr")

    assert look_up(claim) == [turkish]


def test_what_the_searches_of_the_claim_found_is_compared_although_it_was_known_before():
    claim, arabic = make.claim(), make.fact_check(ARABIC, language="ar", publisher="فحص")
    assert look_up(claim) == []  # no word of it is known
    search = make.answered_search(engine=Engine.FACT_CHECKS)
    claim.searches.add(search)
    search.fact_checks.add(arabic)

    assert look_up(claim) == [arabic]


def test_what_a_person_dismissed_is_not_suggested_again():
    claim, _check = make.claim(), make.fact_check()
    look_up(claim)
    row = claim.earlier_checks.get()
    weighing.settle(row, by=make.reporter(), standing=AssertionStatus.REJECTED, claim=claim)
    make.wording(claim, text="The bridge was closed by terrorists.", language="en")

    assert look_up(claim) == []


def test_a_claim_that_is_closed_is_compared_with_nothing_more():
    claim = make.claim(status=Status.WITHDRAWN)
    make.fact_check()

    assert look_up(claim) == []
    assert CheckLookup.objects.get().due_at is None


def test_at_most_ten_wait_for_a_person():
    claim = make.claim()
    for _number in range(12):
        make.fact_check()

    assert len(look_up(claim)) == fact_check_matching.MOST_SUGGESTED


def test_a_fact_check_never_changes_what_it_said():
    check = make.fact_check()

    with pytest.raises(ProgrammingError), transaction.atomic():
        FactCheck.objects.filter(pk=check.pk).update(rating="True")
