import pytest

from claims.models import Claim, Report
from claims.models.vocabulary import AssertionStatus, CorrectionKind, Stance, Status
from claims.pages import chips
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "chip"),
    [
        ({}, ("is-suggested", "Suggested")),
        ({"standing": AssertionStatus.CONFIRMED, "stance": Stance.DISCUSSES}, ("is-discusses", "Discusses")),
        ({"standing": AssertionStatus.REJECTED, "stance": Stance.SUPPORTS}, ("is-rejected", "Unrelated")),
    ],
)
def test_evidence_says_what_people_think_of_it(changes, chip):
    found = chips.of_evidence(make.evidence(**changes))

    assert (found.tone, found.label) == chip


@pytest.mark.parametrize(
    ("kinds", "tone"),
    [
        ([], None),
        ([CorrectionKind.UPDATE], "doubt"),
        ([CorrectionKind.CORRECTION, CorrectionKind.RETRACTION], "bad"),
    ],
)
def test_a_report_says_the_gravest_that_happened_to_it(kinds, tone):
    report = make.report()
    for kind in kinds:
        make.correction(report, kind=kind)

    chip = chips.of_corrections(Report.objects.for_list().get(pk=report.pk))

    assert (chip.tone if chip else None) == tone


@pytest.mark.parametrize(("status", "told"), [(Status.IN_REVIEW, "2 reviews"), (Status.DECIDED, "")])
def test_reviews_are_counted_only_while_a_claim_is_in_review(status, told):
    claim = make.claim(status=status)
    for _each in range(2):
        make.review(claim)

    assert chips.reviews_submitted(Claim.objects.for_list().get(pk=claim.pk)) == told
