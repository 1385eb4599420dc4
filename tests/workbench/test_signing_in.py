import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse

from tests import make
from workbench.roles import Role

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
