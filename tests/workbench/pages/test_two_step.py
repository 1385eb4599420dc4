"""The pages of two-step sign-in: set up, sign in with a code, turn off, and roles that have to."""

import time

import pyotp
import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import make
from workbench.desk import two_step_setting
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

PASSWORD = "a long bridge over the river"
PAGE = "/two-step/"


@pytest.fixture
def clock(monkeypatch):
    """The clock of codes, in seconds since 1970."""
    now = [1_000_000_000]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.fixture
def person(clock):
    return make.editor(username="ada", password=PASSWORD)


def key_on(page):
    return BeautifulSoup(page.content, "lxml").select_one("code.key").text.replace(" ", "")


def set_up(client, clock):
    """Set it up on the page, as a person does; return the key and the recovery codes."""
    page = client.get(PAGE)
    key = key_on(page)
    offered = BeautifulSoup(page.content, "lxml").select_one("input[name=offered]")["value"]
    sent = {"offered": offered, "code": pyotp.TOTP(key).at(clock[0]), "password": PASSWORD}
    answer = client.post(PAGE, sent)
    return key, [code.text for code in BeautifulSoup(answer.content, "lxml").select(".codes code")]


def sign_in(client, code=""):
    sent = {"username": "ada", "password": PASSWORD, "code": code}
    return client.post(reverse("login"), sent).status_code == 302


def test_a_person_sets_it_up_and_signs_in_with_a_code_or_a_recovery_code(client, clock, person):
    client.force_login(person)
    key, codes = set_up(client, clock)
    client.logout()
    clock[0] += 60

    assert len(codes) == 10
    assert not sign_in(client)
    assert not sign_in(client, "000000")
    assert sign_in(client, pyotp.TOTP(key).at(clock[0]))
    client.logout()
    assert sign_in(client, codes[0])


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(client, clock, person):
    client.force_login(person)
    key, _codes = set_up(client, clock)
    client.logout()
    clock[0] += 60

    for _try in range(5):
        assert not sign_in(client, "000000")

    assert not sign_in(client, pyotp.TOTP(key).at(clock[0]))


def second_step(client):
    """Give name and password, and return the page that asks for the code, with its ticket."""
    page = client.post(reverse("login"), {"username": "ada", "password": PASSWORD, "next": "/claims/"})
    fields = BeautifulSoup(page.content, "lxml").select("main input")
    return {field["name"]: field.get("value", "") for field in fields}


def test_the_code_is_asked_for_after_name_and_password_on_a_page_of_its_own(client, clock, person):
    client.force_login(person)
    key, _codes = set_up(client, clock)
    client.logout()
    clock[0] += 60

    first = client.get(reverse("login")).content.decode()
    sent = second_step(client)
    wrong = client.post(reverse("login"), {**sent, "code": "000000"})
    answer = client.post(reverse("login"), {**sent, "code": pyotp.TOTP(key).at(clock[0])})

    assert 'name="code"' not in first
    assert {"ticket", "code"} <= sent.keys()
    assert "password" not in sent
    assert (wrong.status_code, 'name="password"' in wrong.content.decode()) == (200, False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/claims/")


def test_a_ticket_of_the_first_step_is_of_no_use_forged_late_or_after_a_new_password(client, clock, person):
    client.force_login(person)
    key, _codes = set_up(client, clock)
    client.logout()
    sent = second_step(client)

    forged = client.post(reverse("login"), {**sent, "ticket": f"{sent['ticket']}x", "code": "1"})
    clock[0] += 301
    late = client.post(reverse("login"), {**sent, "code": pyotp.TOTP(key).at(clock[0])})
    fresh = second_step(client)
    person.set_password("another bridge over the river")
    person.save()
    changed = client.post(reverse("login"), {**fresh, "code": pyotp.TOTP(key).at(clock[0])})

    for answer in (forged, late, changed):
        assert 'name="password"' in answer.content.decode()
        assert "Enter them again" in answer.content.decode()


def test_wrong_codes_of_the_second_step_lock_the_account(client, clock, person):
    client.force_login(person)
    key, _codes = set_up(client, clock)
    client.logout()
    clock[0] += 60
    sent = second_step(client)

    for _try in range(5):
        client.post(reverse("login"), {**sent, "code": "000000"})

    assert client.post(reverse("login"), {**sent, "code": pyotp.TOTP(key).at(clock[0])}).status_code != 302


@pytest.mark.parametrize(
    ("field", "value"), [("password", "a guess"), ("password", ""), ("code", "12345"), ("code", ""), ("code", "x" * 61)]
)
def test_it_stays_off_after_a_wrong_password_or_code_and_the_key_stays_the_same(client, clock, person, field, value):
    client.force_login(person)
    page = client.get(PAGE)
    offered = BeautifulSoup(page.content, "lxml").select_one("input[name=offered]")["value"]
    right = {"offered": offered, "code": pyotp.TOTP(key_on(page)).at(clock[0]), "password": PASSWORD}

    answer = client.post(PAGE, {**right, field: value})

    assert answer.status_code == 422
    assert key_on(answer) == key_on(page)
    assert not two_step_setting.is_on(person)


def test_a_key_that_we_did_not_offer_is_not_taken(client, clock, person):
    client.force_login(person)
    chosen = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    answer = client.post(PAGE, {"offered": chosen, "code": pyotp.TOTP(chosen).at(clock[0]), "password": PASSWORD})

    assert answer.status_code == 422
    assert not two_step_setting.is_on(person)
    again = BeautifulSoup(answer.content, "lxml").select_one("input[name=offered]")["value"]
    client.post(PAGE, {"offered": again, "code": pyotp.TOTP(key_on(answer)).at(clock[0]), "password": PASSWORD})
    assert two_step_setting.is_on(person)


def test_it_is_turned_off_with_the_password_alone(client, clock, person):
    client.force_login(person)
    set_up(client, clock)

    assert client.post(PAGE, {"password": "a guess"}).status_code == 422
    assert two_step_setting.is_on(person)
    client.post(PAGE, {"password": PASSWORD})
    assert not two_step_setting.is_on(person)


def test_a_role_that_has_to_is_led_to_the_page_until_it_is_set_up(client, clock, person, settings):
    settings.TWO_STEP_ROLES = [Role.EDITOR]
    client.force_login(person)

    assert client.get(reverse("claims:queue")).url == PAGE
    assert client.get("/admin/").url == PAGE
    assert client.post("/log/check/").url == PAGE
    assert client.get(reverse("own_password")).status_code == 200
    set_up(client, clock)
    assert client.get(reverse("claims:queue")).status_code == 200
    client.post(PAGE, {"password": PASSWORD})
    assert client.get(reverse("claims:queue")).url == PAGE


def test_other_roles_and_strangers_are_left_alone(client, settings):
    settings.TWO_STEP_ROLES = [Role.EDITOR]

    assert client.get(reverse("login")).status_code == 200
    client.force_login(make.reviewer())
    assert client.get(reverse("claims:queue")).status_code == 200


def test_the_command_line_turns_it_off_for_somebody_who_lost_the_phone(client, clock, person, capsys):
    client.force_login(person)
    set_up(client, clock)

    call_command("two_step", "ada", "--off")

    assert not two_step_setting.is_on(person)
    with pytest.raises(CommandError, match="off already"):
        call_command("two_step", "ada", "--off")
    with pytest.raises(CommandError, match="Nobody here is called"):
        call_command("two_step", "nobody", "--off")
