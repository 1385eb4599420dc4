import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

PAGES = ["claims:queue", "own_password", "log", "drafts"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_behind_the_sign_in_is_kept_by_no_browser_and_no_proxy(client, page):
    client.force_login(make.editor())

    answer = client.get(reverse(page))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_errors_and_answers_to_forms_are_not_kept_either(client):
    client.force_login(make.editor())

    answers = [client.get("/no/such/page/"), client.post(reverse("claims:log_claim"), {"text": ""})]

    assert [(answer.status_code, answer["Cache-Control"]) for answer in answers] == [
        (404, "no-store"),
        (422, "no-store"),
    ]


def test_what_everybody_may_read_can_be_cached(client):
    make.living_machine()

    assert "Cache-Control" not in client.get("/healthz")
    assert client.get("/static/workbench/look.css").get("Cache-Control") != "no-store"


@pytest.mark.parametrize(
    "address", ["/healthz", "/sign-in/", "/no/such/page/", "/static/workbench/look.css", "/admin/"]
)
def test_every_answer_says_that_no_page_uses_a_device_of_its_reader(client, address):
    answer = client.get(address)

    assert "camera=(), " in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")


def test_browsers_drop_what_they_keep_of_us_after_the_sign_out(client):
    client.force_login(make.editor())

    assert client.post(reverse("logout"))["Clear-Site-Data"] == '"cache", "storage"'


def test_the_icon_that_browsers_ask_for_by_themselves_is_there(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.url) == (302, "/static/workbench/mark.svg")
    client.force_login(make.admin())
    assert 'rel="icon"' in client.get(reverse("admin:index")).content.decode()
