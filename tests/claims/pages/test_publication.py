"""Pages offer what the activities of publishing accept, for every role and relation, on desks of one and of many."""

import pytest
from django.db import transaction

from claims.pages import publication
from claims.publishing import reporting
from tests import make
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db

WAYS = {
    "Publish the report": lambda decision, by: reporting.freeze(decision, by=by, language="en"),
    "Propose the report": lambda decision, by: reporting.propose(decision, by=by, language="en"),
    "Publish the report alone": lambda decision, by: reporting.publish_alone(
        decision, by=by, language="en", waiver="We are few."
    ),
}


def accepted(activity, *given):
    """Whether an activity does it; it is undone at once."""
    try:
        with transaction.atomic():
            activity(*given)
            transaction.set_rollback(True)
    except (Refusal, NotPermitted):
        return False
    return True


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("relation", ["none", "decided_by"])
@pytest.mark.parametrize("desk", ["alone", "others", "loose policy"])
def test_a_report_is_offered_just_as_it_is_accepted(role, relation, desk):
    person, logger = make.user(role), make.viewer()
    decider = person if relation == "decided_by" else make.editor(is_active=desk != "alone")
    decision = make.decision(make.claim(status="decided", logged_by=logger), decided_by=decider)
    if desk != "alone":
        make.reviewer()
    if desk == "loose policy":
        make.policy("decider_publishes", proposed_by=decider, second=logger)

    shown = publication.of(decision, person)

    ways = {way for way, activity in WAYS.items() if accepted(activity, decision, person)}
    if relation == "none" or desk == "alone":
        ways.discard("Propose the report")  # anybody may, but they need no second person, or have none
    offered = {shown.button} | ({"Publish the report alone"} if shown.is_alone else set())
    assert offered - {""} == ways
    assert shown.is_alone == (role == Role.EDITOR and relation == "decided_by" and desk != "others")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("relation", ["none", "proposed_by", "decided_by"])
def test_a_proposed_report_is_agreed_to_by_a_reviewer_or_editor_who_did_not_propose_it(role, relation):
    person = make.user(role)
    decision = make.decision(decided_by=person if relation == "decided_by" else None)
    proposed = make.proposed_report(decision, proposed_by=person if relation == "proposed_by" else make.editor())

    may = role in {Role.REVIEWER, Role.EDITOR} and relation != "proposed_by"

    assert accepted(lambda: reporting.agree(proposed, by=person)) is may
    assert accepted(lambda: reporting.decline(proposed, by=person)) is (may or relation == "proposed_by")
    assert list(type(proposed).objects.open().waiting_for(person)) == ([] if relation == "proposed_by" else [proposed])
