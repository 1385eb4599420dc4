import pytest
from django.urls import reverse

from workbench.desk import people
from workbench.desk.models import User
from workbench.pages.password_links import address_of

pytestmark = pytest.mark.django_db

CHOSEN = {"new_password1": "a long bridge over the river", "new_password2": "a long bridge over the river"}


@pytest.fixture
def link():
    return people.add_person(User(username="bea", role="reviewer"), by=None)


def test_a_person_chooses_their_password_and_signs_in(client, link):
    form = client.get(address_of(link)).url
    page = client.get(form).content.decode()

    answer = client.post(form, CHOSEN, follow=True)
    signed_in = client.post(reverse("login"), {"username": "bea", "password": CHOSEN["new_password1"]})

    assert (link.token in form, "bea" in page) == (False, True)
    assert "Your password is set." in answer.content.decode()
    assert signed_in.status_code == 302


def test_a_link_that_was_used_says_so(client, link):
    client.post(client.get(address_of(link)).url, CHOSEN)

    page = client.get(address_of(link))

    assert "used before, or it has expired" in page.content.decode()


def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_stays(client, link):
    form = client.get(address_of(link)).url

    refused = client.post(form, {"new_password1": "123456789012", "new_password2": "123456789012"})

    assert (refused.status_code, client.post(form, CHOSEN).status_code) == (422, 302)


def test_who_opened_the_link_before_another_was_made_does_not_get_in(client, link):
    form = client.get(address_of(link)).url
    people.renew_password(link.person, by=None)

    client.post(form, CHOSEN)

    assert not User.objects.get(username="bea").has_usable_password()


@pytest.mark.parametrize("key", ["MQ", "nonsense", "_w", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"])
def test_a_made_up_link_opens_nothing(client, link, key):
    page = client.get(reverse("choose_password", args=[key, "c0ffee-0123456789"]))

    assert (page.status_code, "validlink" in page.context and page.context["validlink"]) == (200, False)


def test_a_closed_account_has_no_link(client, link):
    User.objects.update(is_active=False)

    assert "expired" in client.get(address_of(link), follow=True).content.decode()
