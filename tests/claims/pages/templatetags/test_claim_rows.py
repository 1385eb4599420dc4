import pytest
from django.urls import reverse

from claims.models import Claim
from claims.models.vocabulary import Status
from claims.pages.templatetags.claim_rows import address_for, evidence_counts, verdict
from tests import make

pytestmark = pytest.mark.django_db


def test_only_the_verdict_of_this_round_is_shown():
    decided = make.claim(status=Status.DECIDED)
    decision = make.decision(decided)

    assert verdict(decided) == decision
    assert verdict(Claim(pk=decided.pk, round=2)) is None
    assert verdict(make.claim()) is None


def test_evidence_is_counted():
    claim = make.claim()
    make.evidence(claim)
    make.confirmed_evidence(claim)

    assert evidence_counts(Claim.objects.for_list().get(pk=claim.pk)) == "1 to weigh · 1 confirmed"


def test_a_row_leads_to_what_the_claim_waits_for():
    claim = make.claim()

    assert address_for(claim, "review") == reverse("claims:submit_review", args=[claim.pk])
    assert address_for(claim, "decide") == reverse("claims:decide", args=[claim.pk])
    assert address_for(claim, "") == claim.get_absolute_url()
