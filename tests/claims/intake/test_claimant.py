import json

import pytest

from claims.intake import claimant
from claims.models.vocabulary import Status
from tests import make
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_the_claimant_is_saved_and_the_log_keeps_who_was_named_before():
    claim, ana = make.claim(), make.reporter()
    first, second = make.source(name="Ufuk Manşet"), make.source(name="وزارة الداخلية")
    claimant.set_claimant(claim, first, by=ana)

    claim = claimant.set_claimant(claim, second, by=ana)

    assert claim.claimant == second
    entry = LogEntry.objects.get(verb="set the claimant", facts__contains="وزارة")
    assert json.loads(entry.facts) == {"before": "Ufuk Manşet", "now": "وزارة الداخلية"}


def test_that_nobody_knows_the_claimant_can_be_said_again():
    source = make.source()
    claim = make.claim(claimant=source)

    assert claimant.set_claimant(claim, None, by=make.reporter()).claimant is None


def test_the_same_claimant_is_no_change():
    source = make.source()
    claim = make.claim(claimant=source)

    claimant.set_claimant(claim, source, by=make.reporter())

    assert not LogEntry.objects.filter(verb="set the claimant").exists()


def test_a_closed_claim_keeps_its_claimant():
    claim = make.claim(status=Status.DECIDED)

    with pytest.raises(Refusal) as refused:
        claimant.set_claimant(claim, make.source(), by=make.reporter())

    assert refused.value.code == "closed"


def test_a_viewer_sets_no_claimant():
    with pytest.raises(NotPermitted):
        claimant.set_claimant(make.claim(), None, by=make.viewer())
