from datetime import timedelta

import pytest
from django.utils import timezone

from tests import databases, make
from tests.refusing import refused
from workbench.desk import granting, people
from workbench.desk.four_eyes import let_in_by
from workbench.desk.models import LogEntry, User
from workbench.desk.roles import NotPermitted, Role
from workbench.desk.vocabulary import DeskVerb, ProposalState

pytestmark = pytest.mark.django_db


def age_log(span):
    """Make every entry older, as time does."""
    with databases.unbound() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE workbench_logentry SET recorded_at = recorded_at - %s::interval", [span])
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize("second", [make.admin, make.editor])
def test_a_role_is_theirs_once_a_second_person_agrees(second):
    bea, adam, other = make.reporter(), make.admin(), second()

    proposed = granting.grant(bea, Role.EDITOR, by=adam)
    bea.refresh_from_db()
    assert (bea.role, proposed.state) == (Role.REPORTER, ProposalState.PROPOSED)
    granting.agree(proposed, by=other)

    bea.refresh_from_db()
    assert bea.role == Role.EDITOR
    verbs = LogEntry.objects.filter(subject=f"user {bea.pk}").order_by("pk").values_list("verb", "actor")
    assert list(verbs) == [
        ("proposed to a second person", adam.pk),
        ("agreed as the second person", other.pk),
        ("changed a person", other.pk),
    ]


def test_neither_who_proposed_a_role_nor_who_gets_it_agrees_to_it():
    adam, edith = make.admin(), make.editor()
    make.admin()
    proposed = granting.grant(edith, Role.ADMIN, by=adam)

    with refused("own_proposal"):
        granting.agree(proposed, by=adam)
    with refused("own_role"):
        granting.agree(proposed, by=edith)
    for nobody in (make.viewer, make.reporter, make.reviewer):
        with pytest.raises(NotPermitted):
            granting.agree(proposed, by=nobody())
    edith.refresh_from_db()
    assert edith.role == Role.EDITOR


def test_who_gave_somebody_the_link_for_their_password_does_not_have_them_as_second():
    adam, bea = make.admin(first_name="Adam"), make.viewer()
    edith = make.editor(date_joined=timezone.now() - timedelta(days=60))
    link = people.renew_password(edith, by=adam)
    edith = people.choose_password(edith, link.token, "Adam knows this one")
    proposed = granting.grant(bea, Role.EDITOR, by=adam)

    with refused("same_hand") as refusal:
        granting.agree(proposed, by=edith)
    with refused("others_can", "waiver"):
        granting.grant(make.viewer(), Role.EDITOR, by=adam, waiver="Nobody else is here.")

    assert "Adam proposed this, and gave you the link" in str(refusal.value)
    other = granting.grant(make.viewer(), Role.EDITOR, by=make.admin())
    assert granting.agree(other, by=edith).state == ProposalState.AGREED


def test_a_link_of_long_ago_and_one_by_command_keep_nobody_from_agreeing():
    adam, edith = make.admin(), make.editor()
    people.renew_password(edith, by=None)
    assert let_in_by(edith) == frozenset()
    make.log_entry(edith, by=adam, verb=DeskVerb.GAVE_PASSWORD_LINK)
    assert let_in_by(edith) == {adam.pk}

    age_log("31 days")

    assert let_in_by(edith) == frozenset()


def test_a_new_account_is_no_second_person_for_the_administrator_who_made_it():
    adam = make.admin()
    people.add_person(User(username="edith", role=Role.EDITOR), by=adam, waiver="The first editor.")

    given = granting.grant(make.viewer(), Role.REPORTER, by=adam, waiver="Edith began today.")

    assert given.state == ProposalState.ALONE


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.REVIEWER}])
def test_who_closes_the_accounts_of_the_others_is_not_alone_for_a_week(change):
    adam, edith = make.admin(), make.editor(first_name="Edith")
    for name, value in change.items():
        setattr(edith, name, value)
    people.change_person(edith, by=adam, changed=set(change))

    with refused("others_can", "waiver") as refusal:
        granting.grant(make.viewer(), Role.ADMIN, by=adam, waiver="Nobody else is here.")
    assert "Edith (account closed or role changed in the last 7 days)" in str(refusal.value)

    age_log("8 days")
    assert granting.grant(make.viewer(), Role.ADMIN, by=adam, waiver="She left.").state == ProposalState.ALONE


def test_who_lost_an_act_that_two_people_settled_or_never_had_it_does_not_count():
    adam, edith, rana = make.admin(), make.editor(), make.reviewer()
    make.log_entry(
        edith, by=adam, verb=DeskVerb.CHANGED_PERSON, role={"before": "editor", "after": "viewer"}, proposal=1
    )
    User.objects.filter(pk=edith.pk).update(role=Role.VIEWER)
    rana.is_active = False
    people.change_person(rana, by=adam, changed={"is_active"})

    assert not granting.seconds(None, by=adam).exists()


@pytest.mark.parametrize(
    ("whose", "left", "code"),
    [
        ("person", {"is_active": False}, "closed_account"),
        ("proposed_by", {"is_active": False}, "proposer_left"),
        ("proposed_by", {"role": Role.EDITOR}, "proposer_left"),
    ],
)
def test_a_role_is_not_given_once_its_person_or_its_proposer_has_left(whose, left, code):
    proposed = make.role_grant(make.viewer())
    User.objects.filter(pk=getattr(proposed, whose).pk).update(**left)

    with refused(code):
        granting.agree(proposed, by=make.admin())
    assert granting.decline(proposed, by=make.admin()).state == ProposalState.DECLINED


def test_only_administrators_propose_roles_and_none_for_themselves():
    adam = make.admin()

    for nobody in (make.viewer, make.reporter, make.reviewer, make.editor):
        with pytest.raises(NotPermitted):
            granting.grant(make.viewer(), Role.EDITOR, by=nobody())
    with refused("own_account", "role"):
        granting.grant(adam, Role.EDITOR, by=adam)


def test_a_proposal_is_made_once_and_can_be_taken_back():
    bea, adam = make.reporter(), make.admin()
    make.editor()
    proposed = granting.grant(bea, Role.EDITOR, by=adam)

    assert granting.grant(bea, Role.EDITOR, by=adam) == proposed
    with refused("pending", "role"):
        granting.grant(bea, Role.REVIEWER, by=adam)
    granting.decline(proposed, by=adam)
    with refused("settled"):
        granting.agree(proposed, by=make.editor())


def test_a_lone_administrator_gives_a_role_with_a_reason_that_is_logged():
    bea, adam = make.viewer(), make.admin()

    with refused("empty", "waiver"):
        granting.grant(bea, Role.EDITOR, by=adam)
    given = granting.grant(bea, Role.EDITOR, by=adam, waiver="The first editor.")

    bea.refresh_from_db()
    assert (bea.role, given.state) == (Role.EDITOR, ProposalState.ALONE)
    assert "The first editor." in LogEntry.objects.get(verb="did alone what takes two people").facts


def test_a_reason_does_not_stand_in_for_a_second_person_who_is_there():
    make.editor(first_name="Edith", last_name="Moreau")

    with refused("others_can", "waiver") as refusal:
        granting.grant(make.viewer(), Role.EDITOR, by=make.admin(), waiver="Quick.")

    assert "Edith Moreau" in str(refusal.value)


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        (Role.VIEWER, Role.REPORTER, True),
        (Role.REVIEWER, Role.EDITOR, True),
        (Role.EDITOR, Role.ADMIN, True),
        (Role.ADMIN, Role.REPORTER, True),
        (Role.EDITOR, Role.REVIEWER, False),
        (Role.ADMIN, Role.VIEWER, False),
        (Role.EDITOR, Role.EDITOR, False),
    ],
)
def test_a_role_that_only_takes_acts_away_is_no_grant(before, after, more):
    assert granting.is_more(before, after) is more
