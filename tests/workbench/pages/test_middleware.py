import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_an_act_beyond_ones_role_answers_403_and_says_which(client):
    client.force_login(make.viewer())

    answer = client.get(reverse("claims:log_claim"))

    assert answer.status_code == 403
    assert "Your role does not allow you to log a claim" in answer.content.decode()


def test_other_exceptions_are_not_swallowed(client, monkeypatch):
    client.force_login(make.viewer())
    monkeypatch.setattr("claims.pages.views.lists.render", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        client.get(reverse("claims:queue"))


@pytest.mark.parametrize(
    ("form", "page"),
    [
        ("/log/check/", "/log/"),
        ("/trouble/retry/", "/trouble/"),
        ("/sources/hosts/set/", "/sources/hosts/"),
        ("/sources/8/name/", "/sources/8/"),
        ("/sources/feeds/8/poll-again/", "/sources/feeds/"),
        ("/evidence/7/weigh/", "/evidence/7/"),
        ("/sign-out/", "/"),
    ],
)
def test_who_only_looks_at_the_address_of_a_form_is_led_to_the_page_above_it(client, form, page):
    client.force_login(make.admin())

    assert (client.get(form).url, client.head(form).url) == (page, page)


def test_what_is_sent_to_a_page_that_takes_nothing_is_answered_with_a_page_of_ours(client):
    client.force_login(make.viewer())

    answer = client.post(reverse("log"))

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "This is not possible here" in answer.content.decode()


@pytest.mark.parametrize(("name", "args"), [("sources:add_name", [8]), ("claims:queue", [])])
def test_a_page_that_came_by_a_form_is_shown_in_another_language(client, name, args):
    client.force_login(make.admin())
    make.source(pk=8)
    address = reverse(name, args=args)
    page = (client.get if name == "claims:queue" else client.post)(address)
    (field,) = BeautifulSoup(page.content, "lxml").select("form.languages input[name=next]")

    answer = client.post(reverse("set_language"), {"language": "fr", "next": field["value"]}, follow=True)

    assert answer.status_code == 200
    assert '<html lang="fr"' in answer.content.decode()


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 200), ("/sign-in/", 400), ("/", 400)])
def test_a_load_balancer_may_probe_by_address_and_look_at_nothing_else(client, settings, path, status):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["desk.example"], True
    make.living_machine()

    answer = client.get(path, headers={"host": "10.0.0.7:8000"})

    assert answer.status_code == status


def test_a_probe_is_only_read(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize("address", ["/no/such/page/", "/claims/", "/sign-in/", "/language/", "/healthz"])
def test_a_form_that_cannot_be_read_is_refused_before_any_page(client, address):
    client.raise_request_exception = False

    assert client.post(address, b"--x--", content_type="multipart/form-data").status_code == 400
