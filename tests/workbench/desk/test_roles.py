import pytest

from claims.models.vocabulary import ClaimAct
from sources.models.vocabulary import SourceAct
from tests import make
from workbench.desk import declarations
from workbench.desk.roles import NotPermitted, Role, require
from workbench.desk.vocabulary import DeskAct

# Who may do what, as a newcomer is told. V viewer, R reporter, E reviewer, D editor (who decides), A administrator.
TABLE = {
    DeskAct.READ: "VREDA",
    ClaimAct.LOG_CLAIM: "RED",
    ClaimAct.DISCUSS: "RED",
    SourceAct.GATHER: "RED",
    ClaimAct.WEIGH: "RED",
    ClaimAct.PLAN: "RED",
    ClaimAct.OPEN_REVIEW: "RED",
    ClaimAct.REVIEW: "ED",
    SourceAct.READ_RAW: "ED",
    DeskAct.RETRY_WORK: "EDA",
    DeskAct.USE_ADMIN: "EDA",
    SourceAct.CRAWL_POLICY: "DA",
    ClaimAct.DECIDE: "D",
    ClaimAct.REPORT: "D",
    ClaimAct.AGREE_TO_EDIT: "ED",
    ClaimAct.SECOND: "ED",
    ClaimAct.EDIT_SCALES: "D",
    ClaimAct.EDIT_CHECKLISTS: "D",
    ClaimAct.RECOVER: "A",
    SourceAct.SET_PROVIDERS: "A",
    DeskAct.SET_POLICY: "D",
    DeskAct.SET_CHANNELS: "A",
    DeskAct.AGREE_TO_POLICY: "EDA",
    DeskAct.AGREE_TO_ROLE: "DA",
    DeskAct.MAKE_CHECKPOINT: "A",
    DeskAct.NOTE_WITNESS: "DA",
    DeskAct.READ_LOG: "DA",
    DeskAct.MANAGE_PEOPLE: "A",
    DeskAct.SET_UP: "A",
    DeskAct.MANAGE_STORAGE: "A",
}
LETTERS = {Role.VIEWER: "V", Role.REPORTER: "R", Role.REVIEWER: "E", Role.EDITOR: "D", Role.ADMIN: "A"}


def may(role):
    """The acts of the table that a role may."""
    return {act for act, letters in TABLE.items() if LETTERS[role] in letters}


def test_the_table_names_every_act_that_an_app_declares():
    assert set(declarations.acts()) == set(TABLE)


@pytest.mark.parametrize("act", TABLE)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says(role, act):
    assert (role in declarations.acts()[act]) == (LETTERS[role] in TABLE[act])


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_person_may_what_their_role_may(role):
    person = make.user(role)

    assert {act for act in TABLE if person.may(act)} == may(role)


@pytest.mark.django_db
def test_whoever_is_not_active_may_nothing():
    assert not any(make.editor(is_active=False).may(act) for act in TABLE)


@pytest.mark.django_db
def test_a_superuser_is_an_administrator_and_has_no_say_in_what_is_found():
    person = make.viewer(is_superuser=True)

    assert {act for act in TABLE if person.may(act)} == may(Role.ADMIN)


@pytest.mark.django_db
def test_who_may_not_is_told_what():
    require(make.editor(), ClaimAct.DECIDE)

    with pytest.raises(NotPermitted, match="does not allow you to give the verdict on a claim"):
        require(make.reviewer(), ClaimAct.DECIDE)


def test_nothing_that_was_found_can_be_changed_in_the_admin():
    assert {app for app, _model in declarations.admin_changes()} == {"claims", "sources", "workbench"}
    lists = {ClaimAct.EDIT_SCALES, ClaimAct.EDIT_CHECKLISTS}
    acts = {SourceAct.GATHER, SourceAct.SET_PROVIDERS, DeskAct.MANAGE_PEOPLE, *lists}
    assert set(declarations.admin_changes().values()) <= acts
