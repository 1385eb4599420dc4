import pytest

from tests import make
from workbench.desk.roles import ADMIN_CHANGES, MAY, Act, NotPermitted, Role, require

# Who may do what, as a newcomer is told. V viewer, R reporter, E reviewer, D editor (who decides), A administrator.
TABLE = {
    Act.READ: "VREDA",
    Act.LOG_CLAIM: "RED",
    Act.GATHER: "RED",
    Act.WEIGH: "RED",
    Act.OPEN_REVIEW: "RED",
    Act.REVIEW: "ED",
    Act.READ_RAW: "ED",
    Act.RETRY_WORK: "EDA",
    Act.USE_ADMIN: "EDA",
    Act.CRAWL_POLICY: "DA",
    Act.DECIDE: "D",
    Act.REPORT: "D",
    Act.READ_LOG: "DA",
    Act.MANAGE_PEOPLE: "A",
}
LETTERS = {Role.VIEWER: "V", Role.REPORTER: "R", Role.REVIEWER: "E", Role.EDITOR: "D", Role.ADMIN: "A"}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says(role, act):
    assert (act in MAY[role]) == (LETTERS[role] in TABLE[act])


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_person_may_what_their_role_may(role):
    person = make.user(role)

    assert {act for act in Act if person.may(act)} == MAY[role]


@pytest.mark.django_db
def test_whoever_is_not_active_may_nothing():
    assert not any(make.editor(is_active=False).may(act) for act in Act)


@pytest.mark.django_db
def test_a_superuser_is_an_administrator_and_has_no_say_in_what_is_found():
    person = make.viewer(is_superuser=True)

    assert {act for act in Act if person.may(act)} == MAY[Role.ADMIN]


@pytest.mark.django_db
def test_who_may_not_is_told_what():
    require(make.editor(), Act.DECIDE)

    with pytest.raises(NotPermitted, match="does not let you decide a claim"):
        require(make.reviewer(), Act.DECIDE)


def test_nothing_that_was_found_can_be_changed_in_the_admin():
    assert {app for app, _model in ADMIN_CHANGES} == {"sources", "workbench"}
    assert set(ADMIN_CHANGES.values()) <= {Act.GATHER, Act.MANAGE_PEOPLE}
