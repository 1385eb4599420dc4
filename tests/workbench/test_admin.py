from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests import make
from workbench.desk.models import LogEntry, User
from workbench.desk.roles import Role
from workbench.pages.templatetags.log_words import act

pytestmark = pytest.mark.django_db

WORD = "a long and quiet word"
PEOPLE = "admin:workbench_user_"


def written(person, **changed):
    facts = {"username": person.username, "role": person.role, "is_active": "on", "first_name": person.first_name}
    return {**facts, "last_name": "", "email": "", **changed}


def link_on(page):
    return BeautifulSoup(page.content, "lxml").select_one("textarea#link").text.strip()


def test_an_administrator_adds_a_person_gets_the_link_once_and_the_role_waits_for_a_second_person(client):
    edith = make.editor(first_name="Edith", last_name="Moreau")
    client.force_login(make.admin())

    page = client.post(reverse(f"{PEOPLE}add"), {"username": "bea", "role": "reviewer"})

    bea = User.objects.get(username="bea")
    assert (bea.role, bea.has_usable_password(), bea.is_superuser) == (Role.VIEWER, False, False)
    assert link_on(page).startswith("https://desk.arvel/")  # whatever host the request named
    assert Client().get(urlsplit(link_on(page)).path, follow=True).context["validlink"]
    assert "no-store" in page["Cache-Control"]
    assert link_on(page) not in client.get(reverse(f"{PEOPLE}change", args=[bea.pk])).content.decode()
    client.force_login(edith)
    client.post(
        reverse("admin:workbench_rolegrant_changelist"),
        {"action": "agree", "_selected_action": [bea.role_grants.get().pk]},
    )
    bea.refresh_from_db()
    assert bea.role == Role.REVIEWER


def test_a_lone_administrator_is_asked_why_they_give_a_role_alone(client):
    client.force_login(make.admin())
    form = {"username": "bea", "role": "editor"}

    page = client.get(reverse(f"{PEOPLE}add"))
    refused = client.post(reverse(f"{PEOPLE}add"), form)
    client.post(reverse(f"{PEOPLE}add"), {**form, "waiver": "The first editor."})

    assert 'name="waiver"' in page.content.decode()
    assert "Give a reason. The log records it." in refused.content.decode()
    assert User.objects.get(username="bea").role == Role.EDITOR
    # Who made the link of that account could be that account: it is no second person for a month.
    assert 'name="waiver"' in client.get(reverse(f"{PEOPLE}add")).content.decode()


def test_two_user_names_differ_in_more_than_their_case(client):
    make.reporter(username="bea")
    client.force_login(make.admin())

    client.post(reverse(f"{PEOPLE}add"), {"username": "Bea", "role": "viewer"})

    assert User.objects.filter(username__iexact="bea").count() == 1


@pytest.mark.parametrize("flags", [{}, {"is_superuser": True}])
def test_nobody_gives_a_role_alone_in_the_admin(client, flags):
    bea = make.reporter()
    make.editor()
    client.force_login(make.admin(username="ana", **flags))
    address = reverse(f"{PEOPLE}change", args=[bea.pk])

    client.post(address, written(bea, role="editor"))
    refused = client.post(address, written(bea, role="admin", waiver="I am alone."))
    client.post(
        reverse("admin:workbench_rolegrant_changelist"),
        {"action": "agree", "_selected_action": [bea.role_grants.get().pk]},
    )

    bea.refresh_from_db()
    assert (bea.role, bea.role_grants.get().state, refused.status_code) == (Role.REPORTER, "proposed", 200)
    entry = LogEntry.objects.get()
    assert (entry.actor_name, entry.verb) == ("ana", "proposed to a second person")


def test_a_role_that_allows_less_is_theirs_at_once(client):
    bea = make.editor()
    client.force_login(make.admin(username="ana"))

    client.post(reverse(f"{PEOPLE}change", args=[bea.pk]), written(bea, role="reporter"))

    bea.refresh_from_db()
    entry = LogEntry.objects.get()
    assert (bea.role, entry.actor_name, entry.verb) == (Role.REPORTER, "ana", "changed a person")


def test_nobody_becomes_a_superuser_here(client):
    bea = make.reporter()
    client.force_login(make.admin())

    client.post(reverse(f"{PEOPLE}change", args=[bea.pk]), written(bea, is_superuser="on", is_staff="on"))

    bea.refresh_from_db()
    assert (bea.is_superuser, bea.is_staff) == (False, False)


def test_nobody_changes_their_own_role(client):
    ana = make.admin()
    client.force_login(ana)

    client.post(reverse(f"{PEOPLE}change", args=[ana.pk]), written(ana, role="editor", first_name="Ana"))

    ana.refresh_from_db()
    assert (ana.role, ana.first_name) == (Role.ADMIN, "Ana")


def test_an_administrator_ends_a_password_and_hands_over_a_link(client):
    bea = make.reporter(password="the word before")
    client.force_login(make.admin(username="ana"))
    address = reverse("admin:auth_user_password_change", args=[bea.pk])

    asked = client.get(address)
    page = client.post(address, {"password1": WORD, "password2": WORD})

    bea.refresh_from_db()
    entry = LogEntry.objects.get()
    assert ("password1" in asked.content.decode(), bea.has_usable_password()) == (False, False)
    assert (entry.actor_name, entry.verb) == ("ana", "gave a link for a password")
    assert Client().get(urlsplit(link_on(page)).path, follow=True).context["validlink"]


def test_ones_own_password_is_not_ended_here(client):
    ana = make.admin(password="the word before")
    client.force_login(ana)

    page = client.post(reverse("admin:auth_user_password_change", args=[ana.pk]))

    ana.refresh_from_db()
    assert (page.status_code, ana.has_usable_password()) == (422, True)


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_others_look_at_people_without_passwords_and_change_nothing(client, role):
    bea = make.reporter(password="the word before", email="bea@example.org")
    client.force_login(make.user(role))

    page = client.get(reverse(f"{PEOPLE}change", args=[bea.pk])).content.decode()
    answers = [
        client.post(reverse(f"{PEOPLE}change", args=[bea.pk]), written(bea, role="admin")),
        client.get(reverse(f"{PEOPLE}add")),
        client.get(reverse("admin:auth_user_password_change", args=[bea.pk])),
    ]

    assert [words for words in (bea.password, "bea@example.org", "algorithm") if words in page] == []
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_the_whole_log_is_not_for_reviewers(client):
    entry = make.log_entry()
    pages = [
        reverse("admin:workbench_logentry_changelist"),
        reverse("admin:workbench_logentry_change", args=[entry.pk]),
    ]
    pages += [reverse("admin:workbench_loghead_changelist")]
    client.force_login(make.reviewer())
    for_reviewers = [client.get(page).status_code for page in pages]

    client.force_login(make.admin())
    for_administrators = [client.get(page).status_code for page in pages]

    assert (for_reviewers, for_administrators) == ([403, 403, 403], [200, 200, 200])


def test_the_acts_of_the_log_are_chosen_in_the_language_of_the_page(client):
    make.log_entry(verb="added a name")
    client.force_login(make.admin())

    page = client.get(reverse("admin:workbench_logentry_changelist"), headers={"Accept-Language": "fr"})

    chosen = [link.text for link in BeautifulSoup(page.content, "lxml").select("#changelist-filter a[href*=verb]")]
    with translation.override("fr"):
        assert chosen == [act("added a name")] != ["added a name"]
