from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sources.models import Source
from sources.models.vocabulary import SourceKind
from tests import make

pytestmark = pytest.mark.django_db

SOURCES = "/sources/"


def full_source():
    source = make.source()
    make.feed(source)
    make.feed(source, trouble="refused")
    make.standing(source)
    make.standing(source)
    make.document(source=source)
    return source


def cost(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_everybody_sees_the_sources(client):
    source = full_source()
    client.force_login(make.viewer())

    answer = client.get(reverse("sources:sources"))

    assert [(row.url, row.published) for row in answer.context["page"]] == [(source.get_absolute_url(), "1")]
    assert "Add a source" not in answer.content.decode()


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(SOURCES).url.startswith(reverse("login"))


def test_the_list_costs_the_same_with_one_source_and_with_thirty(client):
    client.force_login(make.viewer())
    full_source()
    with_one = cost(client, SOURCES)

    for _ in range(29):
        full_source()

    assert cost(client, SOURCES) == with_one


def test_a_source_is_found_by_any_name_or_domain(client):
    source = make.source("Arvel Courier")
    make.source_name(source, "صحيفة أرفيل")
    make.source_domain(source, "courier.example")
    make.source("Another")
    client.force_login(make.viewer())

    found = [client.get(SOURCES, {"words": words}).context["page"] for words in ("ARVÉL", "صحيفه", "courier.ex")]

    assert [[row.url for row in page] for page in found] == [[source.get_absolute_url()]] * 3


@pytest.mark.parametrize("asked", [{"words": "a\0b"}, {"kind": "nonsense"}, {"page": "-1"}, {"words": "x" * 5_000}])
def test_a_question_that_makes_no_sense_is_answered_all_the_same(client, asked):
    client.force_login(make.viewer())

    assert client.get(SOURCES, asked).status_code == 200


def test_a_reporter_adds_a_source(client):
    client.force_login(make.reporter())
    form = {"name": "Arvel Courier", "kind": SourceKind.OUTLET, "language": "FR", "hosts": "a.example\nb.example"}

    answer = client.post(reverse("sources:add_source"), form)

    source = Source.objects.get()
    assert answer.url == source.get_absolute_url()
    assert (source.language, source.domains.count()) == ("fr", 2)


def test_the_same_form_sent_twice_makes_one_source_and_says_so(client):
    client.force_login(make.reporter())
    form = {"name": "Arvel Courier", "kind": SourceKind.OUTLET}
    client.post(reverse("sources:add_source"), form)

    answer = client.post(reverse("sources:add_source"), form)

    assert answer.status_code == 422
    assert "already exists, as “Arvel Courier”" in answer.content.decode()
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{}, {"name": " "}, {"name": "a\0b", "kind": "outlet"}, {"name": "n" * 100_000, "kind": "x"}]
)
def test_a_bad_form_comes_back_with_what_is_wrong(client, sent):
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:add_source"), sent)

    assert answer.status_code == 422 or (sent == {} and answer.status_code == 200)
    assert not Source.objects.exists()


def test_viewers_add_nothing(client):
    source = make.source()
    client.force_login(make.viewer())

    answers = [client.get(reverse("sources:add_source")), client.post(reverse("sources:add_source"))]
    answers += [
        client.post(reverse(f"sources:{name}", args=[source.pk]))
        for name in ("add_name", "add_domain", "state_standing")
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


def test_the_page_of_a_source_shows_what_the_desk_has_of_it(client):
    source = make.source("Arvel Courier", description="A daily.", owner=make.source("Arvel Holding"))
    make.source_name(source, "Le Courrier", language="fr")
    make.source_domain(source, "courier.example")
    make.standing(source, reason="Corrects itself.", interests="Owned by a party.")
    make.document(source=source, title="Bridge closed")
    client.force_login(make.viewer())

    page = client.get(source.get_absolute_url()).content.decode()

    shown = [
        "A daily.",
        "Arvel Holding",
        "Le Courrier",
        "courier.example",
        "Corrects itself.",
        "a party",
        "Bridge closed",
    ]
    assert [words for words in shown if words not in page] == []


def test_failing_and_silent_feeds_are_marked(client):
    source = make.source()
    make.feed(source, trouble="NotAFeed: this is a page", polled_at=timezone.now())
    make.feed(source, polled_at=timezone.now(), last_new_at=timezone.now() - timedelta(days=30))
    make.feed(source, trouble="refused", due_at=None)
    client.force_login(make.viewer())

    page = client.get(source.get_absolute_url()).content.decode()

    assert [page.count(stamp) for stamp in (">failing<", ">nothing new<", ">needs attention<")] == [1, 1, 1]


def test_the_page_of_a_source_costs_the_same_however_much_there_is(client):
    source = full_source()
    client.force_login(make.viewer())
    with_one = cost(client, source.get_absolute_url())

    for _ in range(29):
        make.feed(source)
        make.standing(source)
        make.document(source=source)
        make.source_name(source)

    assert cost(client, source.get_absolute_url()) == with_one


@pytest.mark.parametrize(
    ("name", "sent", "count"),
    [
        ("add_name", {"name": "Le Courrier", "language": "fr"}, "names"),
        ("add_domain", {"host": "courier.example"}, "domains"),
        ("state_standing", {"reliability": "B", "reason": "Corrects itself."}, "standings"),
    ],
)
def test_a_reporter_adds_to_a_source(client, name, sent, count):
    source = make.source()
    client.force_login(make.reporter())

    answer = client.post(reverse(f"sources:{name}", args=[source.pk]), sent)

    assert answer.url == source.get_absolute_url()
    assert getattr(source, count).count() == 1


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("add_name", {"name": "Arvel Courier"}),
        ("add_domain", {"host": "not a host"}),
        ("state_standing", {"reliability": "B", "reason": "  "}),
        ("state_standing", {"reliability": "Z", "reason": "Because."}),
    ],
)
def test_what_cannot_be_added_comes_back_with_what_was_written(client, name, sent):
    source = make.source("Arvel Courier")
    client.force_login(make.reporter())

    answer = client.post(reverse(f"sources:{name}", args=[source.pk]), sent)

    assert answer.status_code == 422
    assert answer.context["sent"].errors


def test_a_number_that_no_source_can_have_is_not_found(client):
    client.force_login(make.viewer())

    assert client.get(f"/sources/{10**20}/").status_code == 404
