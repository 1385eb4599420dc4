from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import ClaimPlan
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import Move
from claims.review import rules
from claims.team import planning
from tests import make
from tests.restricted import restricted_claim
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_change_keeps_what_was_set_before_and_both_authors():
    claim, rep, edith = make.claim(), make.reporter(), make.editor()
    tomorrow = timezone.localdate() + timedelta(days=1)

    planning.plan(claim, {"owner": rep, "due_on": tomorrow}, by=edith)
    planning.plan(claim, {"priority": Priority.HIGH}, by=rep)

    first, second = ClaimPlan.objects.filter(claim=claim)
    assert (first.by, first.ended_by, first.priority) == (edith, rep, Priority.NORMAL)
    assert (second.owner, second.due_on, second.priority, second.ended_at) == (rep, tomorrow, Priority.HIGH, None)
    facts = list(LogEntry.objects.filter(chain=f"claim {claim.pk}").values_list("facts", flat=True))
    assert sum("high" in fact for fact in facts) == 1


def test_what_changes_nothing_leaves_no_trace():
    claim, edith = make.claim(), make.editor()

    assert planning.plan(claim, {"owner": None, "priority": Priority.NORMAL}, by=edith) is None
    assert not LogEntry.objects.filter(chain=f"claim {claim.pk}").exists()


@pytest.mark.parametrize("maker", [make.viewer, make.admin])
def test_who_has_no_say_in_claims_neither_plans_nor_owns(maker):
    person = maker()

    with pytest.raises(NotPermitted):
        planning.plan(make.claim(), {"priority": Priority.LOW}, by=person)
    with pytest.raises(Refusal) as refused:
        planning.plan(make.claim(), {"owner": person}, by=make.editor())
    assert refused.value.code == "not_owner"


def test_nobody_owns_a_restricted_claim_that_they_do_not_see():
    rep, other = make.reporter(), make.reporter()
    claim = restricted_claim(by=rep)

    with pytest.raises(Refusal) as refused:
        planning.plan(claim, {"owner": other}, by=rep)

    assert refused.value.code == "not_owner"


def test_a_day_that_is_over_is_no_due_date():
    with pytest.raises(Refusal) as refused:
        planning.plan(make.claim(), {"due_on": timezone.localdate() - timedelta(days=1)}, by=make.editor())

    assert refused.value.code == "past_day"


def test_a_plan_is_no_work_that_rests_on_the_words_of_a_claim():
    rep = make.reporter()
    claim = make.claim(logged_by=rep)

    planning.plan(claim, {"owner": rep}, by=make.editor())

    assert Move.CORRECT_CLAIM in rules.allowed(claim, rep)
