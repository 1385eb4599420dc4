import pytest

from claims.models.vocabulary import AssertionStatus
from claims.publishing.exports.wacz import wacz
from tests import make
from tests.refusing import refused
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_claim_rests_on_where_it_appeared_and_on_what_was_confirmed():
    claim = make.claim()
    cited = make.confirmed_evidence(claim).passage
    make.evidence(claim)
    make.evidence(claim, standing=AssertionStatus.REJECTED)
    seen = make.appearance(claim, passage=make.passage()).passage
    make.confirmed_evidence()

    captures = wacz.captures_of(claim)

    assert {capture.pk for capture in captures} == {cited.reading.capture_id, seen.reading.capture_id}


def test_what_became_of_a_cited_passage_is_in_the_package_too():
    claim = make.claim()
    touch = make.touch()
    make.confirmed_evidence(claim, passage_=touch.passage)

    captures = wacz.captures_of(claim)

    assert set(captures) == {touch.change.before.capture, touch.change.after.capture}


def test_a_claim_without_evidence_has_no_package():
    with refused("nothing"):
        wacz.render(make.claim(), by=make.reviewer())


def test_only_who_may_read_bytes_gets_a_package():
    with pytest.raises(NotPermitted):
        wacz.render(make.claim(), by=make.reporter())
