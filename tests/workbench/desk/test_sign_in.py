import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse

from tests import make
from workbench.desk.roles import Role
from workbench.desk.sign_in import client_address

pytestmark = pytest.mark.django_db

PASSWORD = "a long bridge over the river"


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        ("claims.view_claim", {Role.REVIEWER, Role.EDITOR, Role.ADMIN}),
        ("claims.change_claim", set()),
        ("claims.delete_claim", set()),
        ("sources.change_source", {Role.REPORTER, Role.REVIEWER, Role.EDITOR}),
        ("sources.change_feed", set()),
        ("sources.delete_feed", set()),
        ("workbench.add_user", {Role.ADMIN}),
        ("workbench.delete_logentry", set()),
        ("nonsense", set()),
    ],
)
def test_the_admin_is_answered_from_the_table_of_roles(permission, roles):
    assert {role for role in Role if make.user(role).has_perm(permission)} == roles


def test_a_person_who_left_has_no_permissions():
    person = make.admin(is_active=False)

    assert not person.has_perm("workbench.view_user")
    assert not person.has_module_perms("workbench")


def test_a_person_signs_in_with_their_password():
    person = make.reporter(password=PASSWORD)
    request = RequestFactory().post("/")

    right = authenticate(request, username=person.username, password=PASSWORD)
    wrong = authenticate(request, username=person.username, password=f"{PASSWORD}!")

    assert (right, wrong) == (person, None)


def test_five_wrong_passwords_lock_an_account_from_that_address_alone(client):
    person = make.reporter(password=PASSWORD)
    page = reverse("login")

    for _each in range(5):
        client.post(page, {"username": person.username, "password": "wrong"})
    here = client.post(page, {"username": person.username, "password": PASSWORD})
    elsewhere = client.post(page, {"username": person.username, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")

    assert (here.status_code, elsewhere.status_code) == (429, 302)


@pytest.mark.parametrize(
    ("https", "forwarded", "address"),
    [
        (True, "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        (True, "2001:db8::7", "2001:db8::7"),
        (True, "198.51.100.7, nonsense", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "198.51.100.7", "127.0.0.1"),
    ],
)
def test_wrong_passwords_are_counted_for_the_address_that_the_proxy_saw(settings, https, forwarded, address):
    settings.HTTPS = https

    assert client_address(RequestFactory().get("/", headers={"x-forwarded-for": forwarded})) == address


def test_a_lock_out_behind_a_proxy_locks_one_address_alone(client, settings):
    settings.HTTPS = True
    person = make.reporter(password=PASSWORD)
    sent = {"username": person.username, "password": PASSWORD}

    for _each in range(5):
        client.post(reverse("login"), {**sent, "password": "wrong"}, headers={"x-forwarded-for": "198.51.100.7"})
    there = client.post(reverse("login"), sent, headers={"x-forwarded-for": "192.0.2.1, 198.51.100.7"})
    elsewhere = client.post(reverse("login"), sent, headers={"x-forwarded-for": "198.51.100.8"})

    assert (there.status_code, elsewhere.status_code) == (429, 302)
