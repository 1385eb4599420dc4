"""From an empty desk to its first claim."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail as mailbox

from tests import make
from workbench.desk import desk_profile
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.models import User

pytestmark = pytest.mark.django_db

DESK = {"name": "Desk of Vadi", "contact": "", "time_zone": "Asia/Tokyo", "languages": ["tr"], "names": "full"}


@pytest.fixture
def admin(client, settings):
    settings.DESK_NAME = settings.DESK_NAME_PLACEHOLDER
    client.force_login(make.admin())
    return client


def marks(page):
    return [each.get_text(strip=True) for each in BeautifulSoup(page.content, "lxml").select(".steps .stamp")]


def test_each_step_says_what_is_there_and_is_taken_up_again(admin):
    before = marks(admin.get("/set-up/"))

    admin.post("/set-up/desk/", DESK)
    person = {"first_name": "Nil", "username": "nil", "role": "reporter", "waiver": "We begin."}
    page = admin.post("/set-up/people/", person).content.decode()
    buttons = BeautifulSoup(admin.get("/set-up/").content, "lxml").select(".steps a.button")

    assert before == ["to do"] * 4
    assert [each.next_element.strip() for each in buttons][:2] == ["Change", "Add a person"]
    assert marks(admin.get("/set-up/")) == ["Desk of Vadi", "2 people", "to do", "to do"]
    assert "/password/choose/" in page
    assert User.objects.get(username="nil").role == "reporter"


def test_a_refused_invitation_keeps_what_was_typed(admin):
    make.editor()  # who could agree to the role

    answer = admin.post(
        "/set-up/people/", {"first_name": "Nil", "username": "nil", "role": "editor", "waiver": "Alone."}
    )

    assert answer.status_code == 422
    assert "Nil" in answer.content.decode()
    assert not User.objects.filter(username="nil").exists()


def test_an_invitation_is_mailed_and_the_reason_for_acting_alone_is_the_persons_own(admin):
    field = BeautifulSoup(admin.get("/set-up/people/").content, "lxml").select_one("[name=waiver]")
    person = {"first_name": "Nil", "username": "nil", "role": "reporter", "email": "nil@desk.example"}
    refused = admin.post("/set-up/people/", person)
    page = admin.post("/set-up/people/", {**person, "waiver": "We begin."}).content.decode()

    assert (field.get_text(strip=True), refused.status_code) == ("", 422)
    assert "We have sent it by mail, too." in page
    assert [mail.to for mail in mailbox.outbox] == [["nil@desk.example"]]
    assert "/password/choose/" in mailbox.outbox[0].body


def test_times_are_those_of_the_desk_once_it_has_a_zone(admin, settings):
    settings.TIME_ZONE_IS_SET = False
    admin.post("/set-up/desk/", DESK)
    make.log_entry()

    offsets = {
        each["datetime"][-6:] for each in BeautifulSoup(admin.get("/log/").content, "lxml").select("time[datetime]")
    }

    assert offsets == {"+09:00"}
    assert (DeskProfile.objects.count(), desk_profile.languages()) == (1, ["tr"])


def test_an_administrator_sees_on_the_first_page_what_they_can_do(admin):
    page = admin.get("/").content.decode()

    assert "What you can do as an administrator" in page
    assert 'href="/set-up/"' in page


def test_others_see_who_takes_a_step_and_cannot_take_it(client):
    boss = make.admin(first_name="Ada")
    client.force_login(make.reporter())

    assert str(boss) in client.get("/set-up/").content.decode()
    assert client.get("/set-up/desk/").status_code == 403
    assert client.get("/set-up/people/").status_code == 403
