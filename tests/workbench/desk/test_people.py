import pytest

from tests import make
from tests.refusing import refused
from workbench.desk import people
from workbench.desk.models import LogEntry, User
from workbench.desk.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db

SECRET = "correct horse battery"
VERBS = ["added a person", "gave a link for a password", "chose a password"]


def test_a_person_is_added_as_a_viewer_and_their_role_is_proposed():
    make.editor()

    people.add_person(User(username="bea", role=Role.REVIEWER), by=make.admin(username="ana"))

    bea = User.objects.get(username="bea")
    assert (bea.role, bea.role_grants.get().role) == (Role.VIEWER, Role.REVIEWER)
    assert LogEntry.objects.order_by("pk").first().facts == '{"role": "viewer", "username": "bea"}'


def test_a_lone_administrator_adds_a_person_with_a_role_and_a_reason():
    people.add_person(User(username="bea", role=Role.EDITOR), by=make.admin(), waiver="The first editor.")

    assert User.objects.get(username="bea").role == Role.EDITOR
    with refused("others_can", "waiver"):
        people.add_person(User(username="cem", role=Role.EDITOR), by=make.admin(), waiver="The second one.")


def test_a_role_that_allows_more_waits_and_one_that_allows_less_is_theirs_at_once():
    make.editor()
    bea = make.reviewer()
    bea.role = Role.EDITOR
    people.change_person(bea, by=make.admin(), changed=["role"])
    assert (User.objects.get(pk=bea.pk).role, bea.role) == (Role.REVIEWER, Role.REVIEWER)

    bea.role = Role.REPORTER
    people.change_person(bea, by=make.admin(), changed=["role"])

    assert User.objects.get(pk=bea.pk).role == Role.REPORTER
    assert LogEntry.objects.order_by("pk").last().facts == '{"role": {"after": "reporter", "before": "reviewer"}}'


def test_an_account_that_is_opened_again_begins_as_a_viewers():
    make.editor()
    bea = make.editor(is_active=False)
    bea.is_active = True

    people.change_person(bea, by=make.admin(), changed=["is_active"])

    bea = User.objects.get(pk=bea.pk)
    assert (bea.is_active, bea.role, bea.role_grants.get().role) == (True, Role.VIEWER, Role.EDITOR)


@pytest.mark.parametrize(("field", "value"), [("role", Role.EDITOR), ("is_active", False)])
def test_nobody_gives_themselves_a_role_or_closes_their_own_account(field, value):
    ana = make.admin()
    setattr(ana, field, value)

    with refused("own_account", field):
        people.change_person(ana, by=User.objects.get(pk=ana.pk), changed=[field])


def test_a_new_person_has_no_password_until_they_choose_one_with_their_link():
    link = people.add_person(User(username="bea", role=Role.VIEWER), by=make.admin(username="ana"))
    before = User.objects.get(username="bea").has_usable_password()

    people.choose_password(link.person, link.token, SECRET)

    assert (before, User.objects.get(username="bea").check_password(SECRET)) == (False, True)
    assert [entry.verb for entry in LogEntry.objects.order_by("seq")] == VERBS
    assert not LogEntry.objects.filter(facts__contains=link.token).exists()
    assert LogEntry.objects.get(verb=VERBS[-1]).actor_name == "bea"


def test_a_link_works_once():
    link = people.renew_password(make.reporter(), by=make.admin())
    people.choose_password(link.person, link.token, SECRET)

    with refused("ended"):
        people.choose_password(link.person, link.token, f"{SECRET}, again")


def test_another_link_ends_the_one_before_and_the_password():
    bea = make.reporter(password=SECRET)
    first = people.renew_password(bea, by=make.admin())
    people.renew_password(bea, by=None)

    with refused("ended"):
        people.choose_password(bea, first.token, SECRET)
    assert not User.objects.get(pk=bea.pk).has_usable_password()


def test_a_link_expires(settings):
    link = people.renew_password(make.reporter(), by=make.admin())
    settings.PASSWORD_RESET_TIMEOUT = -1

    with refused("ended"):
        people.choose_password(link.person, link.token, SECRET)


def test_a_closed_account_gets_no_link_and_its_link_has_ended():
    bea = make.reporter()
    link = people.renew_password(bea, by=make.admin())
    User.objects.filter(pk=bea.pk).update(is_active=False)

    with refused("closed_account"):
        people.renew_password(bea, by=make.admin())
    with refused("ended"):
        people.choose_password(bea, link.token, SECRET)


def test_nobody_ends_their_own_password_with_a_link():
    ana = make.admin()

    with refused("own_account"):
        people.renew_password(ana, by=ana)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REPORTER, Role.REVIEWER, Role.EDITOR])
def test_only_administrators_give_links(role):
    with pytest.raises(NotPermitted):
        people.renew_password(make.reporter(), by=make.user(role))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REPORTER, Role.REVIEWER, Role.EDITOR])
def test_only_administrators_manage_people(role):
    with pytest.raises(NotPermitted):
        people.add_person(User(username="bea"), by=make.user(role))


def test_changing_ones_own_password_is_noted_as_ones_own():
    bea = make.reporter(username="bea")

    people.change_own_password(bea, "correct horse battery")

    entry = LogEntry.objects.get()
    assert (entry.actor_name, entry.verb, entry.facts) == ("bea", "changed their password", "{}")
