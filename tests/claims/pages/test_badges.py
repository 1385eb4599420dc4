import pytest

from claims.models import Claim, Report
from claims.models.vocabulary import AssertionStatus, CorrectionKind, Stance, Status
from claims.pages import badges
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "badge"),
    [
        ({}, ("stamp is-suggested", "Suggested")),
        ({"standing": AssertionStatus.CONFIRMED, "stance": Stance.DISCUSSES}, ("stamp is-discusses", "Discusses")),
        ({"standing": AssertionStatus.REJECTED, "stance": Stance.SUPPORTS}, ("stamp is-rejected", "Unrelated")),
    ],
)
def test_evidence_says_what_people_think_of_it(changes, badge):
    found = badges.of_evidence(make.evidence(**changes))

    assert (found.look, found.label) == badge


@pytest.mark.parametrize(
    ("kinds", "look"),
    [
        ([], None),
        ([CorrectionKind.UPDATE], "stamp doubt"),
        ([CorrectionKind.CORRECTION, CorrectionKind.RETRACTION], "stamp bad"),
    ],
)
def test_a_report_says_the_gravest_that_happened_to_it(kinds, look):
    report = make.report()
    for kind in kinds:
        make.correction(report, kind=kind)

    badge = badges.of_corrections(Report.objects.for_list().get(pk=report.pk))

    assert (badge.look if badge else None) == look


@pytest.mark.parametrize(("status", "told"), [(Status.IN_REVIEW, "2 reviews"), (Status.DECIDED, "")])
def test_reviews_are_counted_only_while_a_claim_is_in_review(status, told):
    claim = make.claim(status=status)
    for _each in range(2):
        make.review(claim)

    assert badges.reviews_submitted(Claim.objects.for_list().get(pk=claim.pk)) == told
