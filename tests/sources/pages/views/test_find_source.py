import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.models import Document, Feed
from tests import make

pytestmark = pytest.mark.django_db


def suggested(client, words):
    answer = client.get(reverse("sources:find_source"), {"words": words})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def test_sources_are_suggested_with_their_keys(client):
    source = make.source("صدى المنارات", language="ar")
    make.source("Another")
    client.force_login(make.viewer())

    (option,) = suggested(client, "صدي").select("li")

    assert (option["data-key"], option["data-name"], option["role"]) == (str(source.pk), source.name, "option")
    assert option.bdi["dir"] == "rtl"


def test_no_more_than_twenty_are_suggested_at_the_same_cost_as_one(client):
    client.force_login(make.viewer())
    make.source("Arvel")
    with CaptureQueriesContext(connection) as with_one:
        suggested(client, "arvel")
    for number in range(30):
        make.source(f"Arvel {number}")

    with CaptureQueriesContext(connection) as with_thirty:
        page = suggested(client, "arvel")

    assert (len(page.select("li")), len(with_thirty)) == (20, len(with_one))
    assert "Type more" in page.text


@pytest.mark.parametrize("words", ["", "\0", "x" * 5_000, "%", "_"])
def test_words_that_match_nothing_suggest_nothing(client, words):
    make.source("Arvel")
    client.force_login(make.viewer())

    assert suggested(client, words).select("li") == []


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(reverse("sources:find_source")).url.startswith(reverse("login"))


def test_a_feed_is_added_without_scripts_by_part_of_a_name(client):
    first, second = make.source("Arvel Courier"), make.source("Arvel Herald")
    client.force_login(make.reporter())
    sent = {"source_words": "arvel", "url": "https://courier.example/feed"}

    asked = client.post(reverse("sources:add_feed"), sent)
    choice = {**sent, "source_for": "arvel", "source": second.pk}
    added = client.post(reverse("sources:add_feed"), choice)

    page = BeautifulSoup(asked.content, "lxml")
    assert (asked.status_code, added.status_code) == (422, 302)
    assert [radio["value"] for radio in page.select("[type=radio][name=source]")] == [str(first.pk), str(second.pk)]
    assert page.select_one("[name=url]")["value"] == sent["url"]
    assert Feed.objects.get().source == second


def test_documents_are_filtered_without_scripts_by_the_name_of_a_source(client):
    document = make.document(source=make.source("Arvel Courier"))
    make.document(source=make.source("Another"))
    client.force_login(make.viewer())

    page = client.get(reverse("sources:documents"), {"source_words": "courier"})

    assert [row.url for row in page.context["page"]] == [document.get_absolute_url()]
    assert Document.objects.count() == 2
