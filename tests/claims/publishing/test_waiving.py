"""A rule is set aside once, by who may publish, with a reason that the log keeps."""

import pytest

from claims.models import RuleWaiver
from claims.models.vocabulary import ClaimVerb, MethodRule
from claims.publishing import reporting, waiving
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


def test_nothing_is_set_aside_after_publication_nor_by_reviewers():
    decision = published.decision()
    with pytest.raises(NotPermitted):
        waiving.waive(decision, by=make.reviewer(), rule=MethodRule.UNJUDGED, reason="No.")
    reporting.freeze(decision, by=make.editor(), language="en")

    with refused("newer_verdict"):
        waiving.waive(decision, by=make.editor(), rule=MethodRule.UNJUDGED, reason="Later.")
