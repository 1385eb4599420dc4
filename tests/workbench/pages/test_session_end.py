"""A session that ends while somebody writes: the words come back after the sign-in, and strangers store nothing."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from claims.models import Review
from claims.models.vocabulary import Status
from tests import make
from workbench.desk import drafting
from workbench.desk.drafts import Draft
from workbench.pages import kept_words

pytestmark = pytest.mark.django_db

WORDS = "Two accounts, no record. لا دليل"
PASSWORD = "a long enough secret"
FINDING = {"rating": "disputed", "said": "confirmed", "reasons": WORDS}


@pytest.fixture
def person():
    made = make.reviewer(username="rea")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def path():
    return reverse("claims:submit_review", args=[make.claim(status=Status.IN_REVIEW).pk])


def carried(answer):
    field = BeautifulSoup(answer.content, "lxml").select_one("form.form input[name=kept]")
    return field["value"] if field else ""


def sign_in(client, value, password=PASSWORD):
    return client.post(reverse("login"), {"username": "rea", "password": password, "kept": value}, follow=True)


def test_words_sent_after_the_session_ended_are_back_after_the_sign_in(client, person, path):
    asked = client.post(path, FINDING)
    stored = Draft.objects.count()

    answer = sign_in(client, carried(asked))

    assert (asked.status_code, WORDS in asked.content.decode(), stored) == (403, True, 0)
    assert answer.redirect_chain[-1][0] == path
    assert WORDS in answer.content.decode()
    assert answer.context["form"]["rating"].value() == "disputed"
    assert Review.objects.count() == 0


def test_words_survive_a_wrong_password(client, person, path):
    wrong = sign_in(client, carried(client.post(path, FINDING)), password="no")

    assert WORDS in wrong.content.decode()
    assert WORDS in sign_in(client, carried(wrong)).content.decode()


def test_a_form_without_words_leads_to_the_sign_in_as_ever(client, path):
    answer = client.post(path, {"rating": "disputed"})

    assert answer.url == f"{reverse('login')}?next={path}"


def test_a_stranger_stores_nothing_however_much_they_send(client, path):
    for number in range(20):
        client.post(path, {"reasons": f"Spam number {number}.", "save_draft": "script"})

    assert not Draft.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize("value", ["forged", "", "WyIvIl0:1abc:forged"])
def test_what_we_did_not_sign_is_not_kept(client, person, value):
    sign_in(client, value)

    assert not Draft.objects.exists()


def test_words_that_are_too_long_are_not_carried(client, path):
    answer = client.post(path, {"reasons": "x " * kept_words.LONGEST_DRAFT})

    assert answer.status_code == 302


def test_the_words_of_one_person_do_not_reach_another(client, person, path):
    asked = client.post(path, {**FINDING, "draft_writer": make.reviewer().pk})

    answer = sign_in(client, carried(asked))

    assert not Draft.objects.exists()
    assert "Another account wrote these words" in answer.content.decode()


def test_a_password_is_never_carried(client):
    answer = client.post(reverse("own_password"), {"old_password": "My Secret", "new_password1": "Other Secret"})

    assert answer.status_code == 302


def test_who_signed_in_on_another_page_meanwhile_gets_the_words_too(client, person, path):
    asked = client.post(path, FINDING)
    client.force_login(person)

    answer = client.post(reverse("login"), {"kept": carried(asked)}, follow=True)

    assert WORDS in answer.content.decode()
    assert Draft.objects.of(person).exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Referer": "http://testserver/claims/1/"}])
def test_a_form_that_was_open_too_long_comes_back(person, path, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    refused = client.post(path, FINDING, headers=headers)
    token = client.cookies["csrftoken"].value
    back = {"kept": carried(refused), "csrfmiddlewaretoken": token}
    answer = client.post(reverse("put_back"), back, follow=True)

    assert (refused.status_code, WORDS in refused.content.decode()) == (403, True)
    assert (answer.redirect_chain[-1][0], WORDS in answer.content.decode()) == (path, True)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/"}],
)
def test_words_from_another_site_are_nobodys(person, path, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    refused = client.post(path, FINDING, headers=headers)

    assert (refused.status_code, WORDS in refused.content.decode(), carried(refused)) == (403, False, "")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", ["/no/such/page/", None])
def test_nothing_is_stored_of_a_form_that_did_not_pass_the_check(person, path, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    client.post(address or path, FINDING)

    assert not Draft.objects.exists()


def test_words_too_long_for_a_draft_are_not_said_to_be_of_another_account(client, person, path, monkeypatch):
    asked = client.post(path, FINDING)
    monkeypatch.setattr(drafting, "LONGEST_DRAFT", 20)

    page = sign_in(client, carried(asked)).content.decode()

    assert ["Another account" in page, "too long to keep as a draft" in page] == [False, True]


def test_a_stranger_whose_form_was_open_too_long_signs_in_first(path):
    refused = Client(enforce_csrf_checks=True).post(path, FINDING)

    assert (refused.status_code, bool(carried(refused))) == (403, True)
    assert "Your session has ended" in refused.content.decode()


def test_words_for_an_address_that_only_takes_forms_are_kept_under_drafts(client, person):
    source = make.source()
    asked = client.post(reverse("sources:add_name", args=[source.pk]), {"name": "le pont d’Arvel"})

    answer = sign_in(client, carried(asked))

    assert answer.redirect_chain[-1][0] == source.get_absolute_url()
    assert "what you wrote is kept as a draft" in answer.content.decode()
    assert "le pont d’Arvel" in client.get(reverse("drafts")).content.decode()


SAMPLE_SIGN_IN = {"username": "viewer", "password": PASSWORD}


@pytest.fixture
def sample(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return make.viewer(username="viewer", password=PASSWORD, is_sample=True)


def test_a_sample_user_signs_in_on_this_machine_alone(client, sample):
    there = client.post(reverse("login"), SAMPLE_SIGN_IN, headers={"host": "desk.example"})
    here = client.post(reverse("login"), SAMPLE_SIGN_IN, headers={"host": "127.0.0.1:8000"})

    assert (there.status_code, here.status_code) == (200, 302)
    assert "Sample users sign in only on the machine" in there.content.decode()


def test_the_session_of_a_sample_user_is_worth_nothing_elsewhere(client, sample):
    client.force_login(sample)

    here = client.get(reverse("claims:queue"), headers={"host": "localhost"})
    there = client.get(reverse("claims:queue"), headers={"host": "localhost"}, REMOTE_ADDR="192.0.2.7")

    assert (here.status_code, there.status_code) == (200, 302)
    assert there.url.startswith(reverse("login"))
