from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.models import HostPolicy
from tests import make

pytestmark = pytest.mark.django_db


def test_everybody_sees_what_was_decided_and_editors_the_form(client):
    make.host_policy("news.example", delay=timedelta(seconds=10))
    make.host_policy("bad.example", denied=True, note="They answered with a bomb.")

    pages = []
    for person in (make.viewer(), make.editor()):
        client.force_login(person)
        pages.append(client.get(reverse("sources:hosts")).content.decode())

    assert all(
        words in page
        for page in pages
        for words in ("10 s between visits", "not visited", "They answered with a bomb.")
    )
    assert [reverse("sources:set_policy") in page for page in pages] == [False, True]


@pytest.mark.parametrize(("contact", "told"), [("https://desk.example/crawler", False), ("", True)])
def test_it_says_while_publishers_cannot_see_who_visits_them(client, settings, contact, told):
    client.force_login(make.viewer())
    settings.SAMPLE, settings.CRAWLER_CONTACT = False, contact or settings.CONTACT_PLACEHOLDER

    page = client.get(reverse("sources:hosts")).content.decode()

    assert ("WORKBENCH_CONTACT" in page) is told


def test_the_hosts_cost_the_same_with_one_and_with_thirty(client):
    client.force_login(make.viewer())
    make.host_policy()
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("sources:hosts"))

    for _ in range(29):
        make.host_policy()
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(reverse("sources:hosts"))

    assert len(with_thirty) == len(with_one)


def test_an_editor_decides_on_a_host(client):
    client.force_login(make.editor())

    answer = client.post(
        reverse("sources:set_policy"), {"host": "news.example", "delay": "12.5", "note": "They asked us."}
    )

    policy = HostPolicy.objects.get()
    assert answer.url == policy.get_absolute_url()
    assert (policy.host, policy.seconds, policy.denied) == ("news.example", 12.5, False)


def test_who_decides_anew_begins_with_what_holds(client):
    client.force_login(make.editor())
    make.host_policy("news.example", delay=timedelta(seconds=10), denied=True, note="They asked us.")

    forms = [client.get(reverse("sources:hosts"), {"host": host}).context["form"] for host in ("news.example", "x.org")]

    asked = {"host": "news.example", "delay": 10, "denied": True, "note": "They asked us."}
    assert [form.initial for form in forms] == [asked, {"host": "x.org"}]


@pytest.mark.parametrize("host", ["\0", "news\0.example", "x" * 100_000, "أخبار.مثال", "  ", "\u202eevil"])
def test_any_site_in_the_address_shows_the_page(client, host):
    client.force_login(make.editor())

    answer = client.get(reverse("sources:hosts"), {"host": host})

    assert (answer.status_code, "\0" in answer.context["form"].initial["host"]) == (200, False)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"host": "news.example"},
        {"host": "news.example", "note": "Why."},
        {"host": "two words", "note": "Why.", "denied": "on"},
        {"host": "x", "note": "Why.", "denied": "on"},
        {"host": "news.example", "note": "Why.", "delay": "nan"},
        {"host": "news.example", "note": "Why.", "delay": "-1"},
        {"host": "a\0b.example", "note": "Why."},
    ],
)
def test_a_bad_form_comes_back_with_what_is_wrong(client, sent):
    client.force_login(make.editor())

    answer = client.post(reverse("sources:set_policy"), sent)

    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert not HostPolicy.objects.exists()


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer])
def test_whoever_may_not_decide_is_refused(client, person):
    client.force_login(person())

    assert client.post(reverse("sources:set_policy"), {"host": "a.example", "note": "No."}).status_code == 403
