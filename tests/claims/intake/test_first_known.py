import json

import pytest

from claims.intake import first_known
from claims.models.vocabulary import AssertionStatus, Status
from tests import make
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_another_appearance_becomes_the_first_known_one():
    claim = make.claim()
    first, second = make.appearance(claim, first_known=True), make.appearance(claim, quote="earlier")

    first_known.mark_first_known(second, by=make.reporter())

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.first_known, second.first_known) == (False, True)
    entry = LogEntry.objects.get(verb="marked the first known appearance")
    assert json.loads(entry.facts) == {"before": first.pk, "now": second.pk}


def test_to_mark_it_twice_is_one_act():
    appearance = make.appearance(first_known=True)

    first_known.mark_first_known(appearance, by=make.reporter())

    assert not LogEntry.objects.filter(verb="marked the first known appearance").exists()


@pytest.mark.parametrize(
    ("status", "standing", "code"),
    [(Status.DECIDED, AssertionStatus.CONFIRMED, "closed"), (Status.OPEN, AssertionStatus.REJECTED, "rejected")],
)
def test_of_a_closed_claim_or_what_was_rejected_nothing_is_marked(status, standing, code):
    appearance = make.appearance(make.claim(status=status), standing=standing)

    with pytest.raises(Refusal) as refused:
        first_known.mark_first_known(appearance, by=make.reporter())

    assert refused.value.code == code


def test_a_viewer_marks_nothing():
    with pytest.raises(NotPermitted):
        first_known.mark_first_known(make.appearance(), by=make.viewer())
