import pytest

from claims.models.vocabulary import ClaimRule
from tests import make
from tests.refusing import refused
from workbench.desk import policy_setting
from workbench.desk.four_eyes import FourEyesPolicy
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def propose(by, *rules, **given):
    return policy_setting.propose(by=by, by_reason=rules, reason="We are few at night.", **given)


@pytest.mark.parametrize("second", [make.reviewer, make.editor, make.admin])
def test_a_version_is_in_force_once_a_second_person_agrees(second):
    edith, other = make.editor(), second()

    proposed = propose(edith, ClaimRule.PUBLISHER)
    assert FourEyesPolicy.objects.in_force() is None
    policy_setting.agree(proposed, by=other)

    in_force = FourEyesPolicy.objects.in_force()
    assert (in_force.version, in_force.by_reason) == (1, ["decider_publishes"])
    assert [(entry.verb, entry.actor) for entry in LogEntry.objects.order_by("pk")] == [
        ("proposed to a second person", edith),
        ("agreed as the second person", other),
    ]


def test_nobody_agrees_to_their_own_version():
    edith = make.editor()
    make.reviewer()
    proposed = propose(edith, ClaimRule.PUBLISHER)

    with refused("own_proposal"):
        policy_setting.agree(proposed, by=edith)
    with pytest.raises(NotPermitted):
        policy_setting.agree(proposed, by=make.reporter())
    with refused("pending"):
        propose(make.editor(), ClaimRule.REVIEWS)
    policy_setting.decline(proposed, by=edith)
    assert propose(make.editor(), ClaimRule.REVIEWS).version == 2


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer, make.admin])
def test_only_editors_propose_a_policy(person):
    with pytest.raises(NotPermitted):
        propose(person(), ClaimRule.PUBLISHER)


def test_a_policy_that_changes_nothing_or_names_no_rule_is_refused():
    make.policy(ClaimRule.PUBLISHER)

    with refused("unchanged", "by_reason"):
        propose(make.editor(), ClaimRule.PUBLISHER)
    with refused("unknown_choice", "by_reason"):
        propose(make.editor(), "anything")


def test_a_lone_editor_sets_the_policy_with_a_reason():
    edith = make.editor()

    with refused("empty", "waiver"):
        propose(edith, ClaimRule.PUBLISHER)
    propose(edith, ClaimRule.PUBLISHER, waiver="I work alone.")

    assert FourEyesPolicy.objects.in_force().waiver == "I work alone."
    make.reviewer()
    with refused("others_can", "waiver"):
        propose(edith, waiver="Again.")
