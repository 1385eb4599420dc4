"""A rule is set aside once, by who may publish, with a reason that the log keeps."""

import pytest

from claims.models import Claim, RuleWaiver
from claims.models.vocabulary import ClaimVerb, MethodRule, Rating
from claims.publishing import gate, reporting, waiving
from tests import make, published
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_the_log_keeps_who_set_a_rule_aside_and_why():
    decision, editor = published.decision(), make.editor()

    waiving.waive(decision, by=editor, rule=MethodRule.UNJUDGED, reason=" The rest repeats the agency. ")

    assert RuleWaiver.objects.get().reason == "The rest repeats the agency."
    entry = LogEntry.objects.get(verb=ClaimVerb.WAIVED_RULE)
    assert (entry.actor, "repeats the agency" in entry.facts) == (editor, True)


@pytest.mark.parametrize(
    ("rule", "reason", "code"),
    [(MethodRule.UNJUDGED, " ", "empty"), (MethodRule.CITES, "No.", "not_open"), ("unknown", "No.", "not_open")],
)
def test_a_rule_is_not_set_aside_without_a_reason_or_where_it_holds(rule, reason, code):
    with refused(code):
        waiving.waive(published.decision(), by=make.editor(), rule=rule, reason=reason)


def test_reviewers_set_nothing_aside_and_nobody_for_a_verdict_that_is_not_the_newest():
    decision = published.decision()
    with pytest.raises(NotPermitted):
        waiving.waive(decision, by=make.reviewer(), rule=MethodRule.UNJUDGED, reason="No.")
    Claim.objects.filter(pk=decision.claim_id).update(round=2)

    with refused("newer_verdict"):
        waiving.waive(decision, by=make.editor(), rule=MethodRule.UNJUDGED, reason="Later.")


def test_a_report_from_before_the_gate_leaves_the_next_one_no_dead_end(monkeypatch):
    decision, editor = published.decision(), make.editor()
    make.review(decision.claim, rating=Rating.SUPPORTED)
    with monkeypatch.context() as before:
        before.setattr(gate, "require", lambda *_args, **_more: None)  # a report of before there was a gate
        reporting.freeze(decision, by=editor, language="fr")
    with refused("gate"):
        reporting.freeze(decision, by=editor, language="en")

    waiving.waive(decision, by=editor, rule=MethodRule.DIFFER, reason="They had seen two versions of the page.")

    assert "two versions" in reporting.freeze(decision, by=editor, language="en").content
