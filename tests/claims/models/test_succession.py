import pytest

from claims.models import Report, succession
from claims.models.vocabulary import CorrectionKind, Rating, Status, VerdictState
from claims.review import reviewing
from tests import make

pytestmark = pytest.mark.django_db

WHY = "A second witness came forward."


def published(claim, round_=1, *, rating=Rating.REFUTED, language="en", **changes):
    """The report of a verdict in one round."""
    decision = claim.decisions.filter(round=round_).first() or make.decision(claim, round=round_, rating=rating)
    return make.report(decision, language=language, **changes)


def fresh(report):
    return Report.objects.select_related("decision__claim").get(pk=report.pk)


@pytest.fixture
def report():
    return published(make.claim(status=Status.DECIDED))


def decide_again(report, **changes):
    """A newer verdict on the claim of a report, which nobody has published yet."""
    claim = reviewing.reopen(report.decision.claim, by=make.editor(), reason=WHY)
    claim.status = Status.DECIDED
    claim.save(update_fields=["status"])
    return make.decision(claim, round=claim.round, **changes)


def test_a_verdict_stands_until_its_claim_is_reopened(report):
    before = succession.aftermath(fresh(report))

    reviewing.reopen(report.decision.claim, by=make.editor(), reason=WHY)

    after = succession.aftermath(fresh(report))
    [reopening] = succession.reopenings(report.decision)
    assert (before.stands, after.state) == (True, VerdictState.UNDER_REVIEW)
    assert (after.since, reopening.reason) == (reopening.at, WHY)


def test_a_newer_verdict_is_not_told_before_its_report_is_published(report):
    decision = decide_again(report, rating=Rating.SUPPORTED)
    unpublished = succession.aftermath(fresh(report))

    newer = make.report(decision, language="en")

    told = succession.aftermath(fresh(report))
    assert (unpublished.state, unpublished.successor) == (VerdictState.UNDER_REVIEW, None)
    assert (told.state, told.successor, told.since) == (VerdictState.REPLACED, newer, newer.frozen_at)
    assert succession.aftermath(fresh(newer)).stands


def test_a_claim_that_is_withdrawn_after_its_verdict_says_so(report):
    claim = reviewing.reopen(report.decision.claim, by=make.editor(), reason=WHY)
    reviewing.withdraw(claim, by=make.editor(), reason="Nobody can decide it.")

    assert succession.aftermath(fresh(report)).state == VerdictState.WITHDRAWN


def test_the_successor_is_in_the_same_language_where_there_is_one_and_was_not_retracted(report):
    decision = decide_again(report)
    french = make.report(decision, language="fr")
    only_french = succession.aftermath(fresh(report)).successor
    english = make.report(decision, language="en")
    both = succession.aftermath(fresh(report)).successor
    make.correction(english, kind=CorrectionKind.RETRACTION)

    assert [only_french, both, succession.aftermath(fresh(report)).successor] == [french, english, french]


def test_the_predecessors_are_the_newest_of_each_language_of_the_last_published_verdict():
    claim = make.claim(status=Status.DECIDED)
    published(claim)
    published(claim, 2)
    newest, french = published(claim, 2), published(claim, 2, language="fr")
    make.decision(claim, round=3)
    fourth = make.decision(claim, round=4)

    assert succession.predecessors(fourth) == [newest, french]
    assert succession.predecessors(claim.decisions.get(round=1)) == []


@pytest.mark.parametrize(
    ("status", "is_last", "state"),
    [
        (Status.DECIDED, True, VerdictState.STANDS),
        (Status.DECIDED, False, VerdictState.UNDER_REVIEW),
        (Status.IN_REVIEW, True, VerdictState.UNDER_REVIEW),
        (Status.OPEN, False, VerdictState.UNDER_REVIEW),
        (Status.WITHDRAWN, True, VerdictState.WITHDRAWN),
    ],
)
def test_the_status_of_a_claim_tells_the_state_of_its_verdict(status, is_last, state):
    assert succession.state_of(status, is_last=is_last) == state
