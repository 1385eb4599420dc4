import pytest

from claims.pages import edit_notices
from sources.models.vocabulary import Outcome
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_whose_pages_stand_has_no_notice():
    assert edit_notices.of(make.confirmed_evidence().claim) is None


def test_a_page_that_is_gone_is_named():
    evidence = make.confirmed_evidence()
    document = evidence.passage.reading.capture.document
    document.last_outcome = Outcome.GONE
    document.save(update_fields=["last_outcome"])

    found = edit_notices.of(evidence.claim)

    assert (found.title, found.lost, found.touches) == ("A cited page is gone", [document], [])
