import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from tests.refusing import refused
from workbench.desk import audit, granting, policy_setting, seal_check, seconding
from workbench.desk.four_eyes import FourEyesPolicy, able
from workbench.desk.models import User
from workbench.desk.roles import Role
from workbench.desk.vocabulary import DeskAct, DeskRule, ProposalState

pytestmark = pytest.mark.django_db


def test_people_are_named_in_one_phrase():
    for name in ("Abel", "Bea", "Cem", "Dilek", "Elif"):
        make.viewer(first_name=name)

    def named(most):
        return seconding.names(User.objects.filter(first_name__lte=most))

    assert [named(most) for most in "AB"] == ["", "Abel"]
    assert (named("C"), named("D")) == ("Abel or Bea", "Abel, Bea or Cem")
    assert named("F") == "Abel, Bea, Cem or somebody else"


def test_who_is_able_has_the_role_and_an_open_account():
    adam, edith = make.admin(), make.editor()
    make.admin(is_active=False)
    make.reporter()
    machine = make.editor(is_superuser=True)

    assert set(able(DeskAct.AGREE_TO_ROLE)) == {adam, edith, machine}
    assert set(able(DeskAct.AGREE_TO_ROLE, but=adam)) == {edith, machine}
    assert set(able(DeskAct.SET_POLICY)) == {edith}


@pytest.mark.parametrize(
    "columns",
    [
        {"state": ProposalState.AGREED},
        {"state": ProposalState.ALONE},
        {"state": ProposalState.PROPOSED, "waiver": "So."},
        {"state": ProposalState.TAKEN_BACK},
    ],
)
def test_the_database_refuses_an_answer_without_a_second_person_or_a_reason(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.role_grant(**columns)


@pytest.mark.parametrize("state", ["agreed", "declined"])
def test_the_database_refuses_that_both_are_one_person(state):
    grant = make.role_grant()

    with pytest.raises(IntegrityError, match="takes_two_people"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workbench_rolegrant SET state = %s, second_id = proposed_by_id, answered_at = now() WHERE id = %s",
            [state, grant.pk],
        )


def test_a_rule_is_strict_until_a_policy_in_force_loosens_it():
    make.policy(DeskRule.ROLE, state=ProposalState.PROPOSED)
    assert FourEyesPolicy.objects.by_reason() == frozenset()
    assert not seconding.may_act_alone(DeskRule.ROLE, able(DeskAct.SET_POLICY))

    make.policy(DeskRule.ROLE)
    assert FourEyesPolicy.objects.by_reason() == {"role"}
    assert seconding.may_act_alone(DeskRule.ROLE, able(DeskAct.SET_POLICY))

    make.policy()
    assert FourEyesPolicy.objects.by_reason() == frozenset()


@pytest.mark.parametrize(("reason", "code"), [(" ", "empty"), ("x" * 2_001, "too_long"), ("a\0b", "null_character")])
def test_a_reason_must_be_one(reason, code):
    with refused(code, "waiver"):
        seconding.check_alone(DeskRule.ROLE, User.objects.none(), reason)


def test_whatever_becomes_of_a_proposal_is_sealed_by_the_entry_of_that_act():
    edith = make.editor()
    loose = {"by": edith, "by_reason": [DeskRule.ROLE], "reason": "We are few."}
    policy_setting.propose(by=edith, by_reason=[DeskRule.POLICY], reason="We are one.", waiver="Nobody else is here.")
    rana, adam = make.reviewer(), make.admin()
    policy_setting.decline(policy_setting.propose(**loose), by=edith)
    policy_setting.decline(policy_setting.propose(**loose), by=rana)
    policy_setting.agree(policy_setting.propose(**loose), by=rana)
    granting.grant(rana, Role.EDITOR, by=adam, waiver="The first one.")
    granting.decline(granting.grant(make.viewer(), Role.EDITOR, by=adam), by=edith)
    granting.agree(granting.grant(make.viewer(), Role.EDITOR, by=adam), by=edith)
    audit.bind_seals()

    assert [fault.problem for batch in seal_check.batches() for fault in batch.faults] == []
