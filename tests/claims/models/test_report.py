import pytest

from claims.models import Report
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    claim = make.claim("A tunnel at Arvel", short_text="Tunnel shut", status="decided")
    return make.report(make.decision(claim, summary="The road authority closed it."))


@pytest.mark.parametrize(
    ("words", "found"),
    [("tunnel", True), ("SHUT authority", True), ("tunnel bridge", False), ("", True)],
)
def test_a_report_is_found_by_the_words_of_its_claim_and_its_summary(report, words, found):
    make.report(make.decision(make.claim("Elsewhere", status="decided"), summary="No."))

    assert (report in Report.objects.search(words)) is found
