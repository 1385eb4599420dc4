import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse

from tests import make
from workbench.desk.roles import Role
from workbench.desk.sign_in import MOST_ACCOUNTS, client_address, is_on_this_machine

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
        (True, "2001:db8::7", "2001:db8::"),
        (True, "2001:db8::aaaa:7", "2001:db8::"),
        (True, "::ffff:192.0.2.1", "192.0.2.1"),
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


def spray(client, number, **where):
    for each in range(number):
        client.post(reverse("login"), {"username": f"name{each}", "password": "Summer2024!!"}, **where)


def test_one_password_tried_on_many_accounts_makes_the_address_wait(client):
    person = make.reporter(password=PASSWORD)
    sent = {"username": person.username, "password": PASSWORD}

    spray(client, MOST_ACCOUNTS)
    here = client.post(reverse("login"), sent)
    elsewhere = client.post(reverse("login"), sent, REMOTE_ADDR="192.0.2.7")

    assert (here.status_code, elsewhere.status_code) == (429, 302)
    assert "many accounts" in here.content.decode()


def test_who_signed_in_from_there_before_is_not_held_up_by_others(client):
    person = make.reporter(password=PASSWORD)
    sent = {"username": person.username, "password": PASSWORD}
    client.post(reverse("login"), sent)
    client.post(reverse("logout"))

    spray(client, MOST_ACCOUNTS + 2)

    assert client.post(reverse("login"), sent).status_code == 302


def test_addresses_of_one_ipv6_network_wait_together(client):
    for each in range(MOST_ACCOUNTS):
        sent = {"username": f"name{each}", "password": "Summer2024!!"}
        client.post(reverse("login"), sent, REMOTE_ADDR=f"2001:db8:0:1::{each + 1:x}")

    answer = client.post(reverse("login"), {"username": "bea", "password": "x"}, REMOTE_ADDR="2001:db8:0:1:ffff::9")

    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("host", "remote", "forwarded", "here"),
    [
        ("127.0.0.1:8000", "127.0.0.1", "", True),
        ("localhost", "::1", "", True),
        ("[::1]:8000", "127.0.0.1", "127.0.0.1", True),
        ("desk.example", "127.0.0.1", "", False),
        ("localhost", "192.0.2.7", "", False),
        ("localhost", "127.0.0.1", "192.0.2.7", False),
        ("localhost", "127.0.0.1", "unknown, 127.0.0.1", False),
    ],
)
def test_a_request_of_this_machine_is_told_from_one_of_others(settings, host, remote, forwarded, here):
    settings.ALLOWED_HOSTS = ["*"]
    headers = {"host": host, **({"x-forwarded-for": forwarded} if forwarded else {})}

    assert is_on_this_machine(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) is here
