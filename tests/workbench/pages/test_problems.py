from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make
from workbench.desk import health
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.models import Heartbeat, LogEntry

pytestmark = pytest.mark.django_db


def heartbeat(name, ago):
    Heartbeat.objects.filter(name=name).update(at=timezone.now() - ago)


def in_trouble(model, **changes):
    row = model(**changes)
    stuck = {"trouble": "ConnectionError: the server hung up", "tries": MOST_TRIES, "due_at": None}
    type(row)._default_manager.filter(pk=row.pk).update(**stuck)
    return row


def of_every_kind():
    return [in_trouble(kind) for kind in (make.claim, make.document, make.feed, make.due_reading, make.search)]


def test_everybody_sees_what_is_in_trouble_and_why(client):
    of_every_kind()
    client.force_login(make.viewer())

    answer = client.get(reverse("trouble"))

    assert [kind.number.number for kind in answer.context["kinds"]] == [1, 1, 1, 1, 1]
    assert answer.content.count(b"the server hung up") == 5
    assert b"needs attention" in answer.content
    assert b"Retry" not in answer.content


def test_where_nothing_is_in_trouble_the_page_says_so(client):
    make.living_machine()
    client.force_login(make.viewer())

    assert b"No problems." in client.get(reverse("trouble")).content


def test_what_is_wrong_with_the_machine_is_told_in_sentences(client):
    make.living_machine()
    make.document(due_at=timezone.now() - timedelta(hours=2))
    heartbeat("clock", timedelta(minutes=5))
    client.force_login(make.viewer())

    page = client.get(reverse("trouble")).content.decode().replace("\xa0", " ")

    assert "The clock stopped 5 minutes ago." in page
    assert "Documents: the oldest" not in page  # they wait for their turn, and workers serve them

    heartbeat("sources.tasks.fetch_documents", timedelta(minutes=3))
    page = client.get(reverse("trouble")).content.decode().replace("\xa0", " ")
    assert "Documents: the oldest task that is due has waited for 2 hours." in page
    assert "No task has failed." in page


def test_trouble_costs_the_same_with_one_row_and_with_thirty(client):
    client.force_login(make.reviewer())
    of_every_kind()
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("trouble"))

    for _ in range(29):
        of_every_kind()
    health.kept_answers.clear()
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(reverse("trouble"))

    assert len(with_thirty) == len(with_one)


def test_all_of_one_kind_are_shown_a_page_at_a_time(client):
    for _ in range(31):
        in_trouble(make.feed)
    client.force_login(make.reviewer())

    answer = client.get(reverse("trouble"), {"kind": "sources.feed"})
    second = client.get(reverse("trouble") + answer.context["page"].next_url)

    assert (len(answer.context["page"]), len(second.context["page"])) == (30, 1)


def test_one_row_is_tried_again(client):
    feed, other = in_trouble(make.feed), in_trouble(make.feed)
    client.force_login(make.reviewer())

    answer = client.post(reverse("retry_work"), {"kind": "sources.feed", "pk": feed.pk}, follow=True)

    feed.refresh_from_db()
    other.refresh_from_db()
    assert (feed.is_stuck, other.is_stuck) == (False, True)
    assert b"Retrying 1 task." in answer.content


def test_all_rows_are_tried_again(client):
    rows = of_every_kind()
    client.force_login(make.reviewer())

    client.post(reverse("retry_work"))

    for row in rows:
        row.refresh_from_db()
    assert [row.trouble for row in rows] == [""] * 5
    assert LogEntry.objects.filter(verb="retried").count() == 5


def test_a_reporter_retries_nothing(client):
    feed = in_trouble(make.feed)
    client.force_login(make.reporter())

    answer = client.post(reverse("retry_work"), {"kind": "sources.feed", "pk": feed.pk})

    feed.refresh_from_db()
    assert (answer.status_code, feed.is_stuck) == (403, True)


@pytest.mark.parametrize(
    ("sent", "status"), [({"kind": "workbench.user"}, 404), ({"kind": "sources.feed", "pk": "x"}, 302)]
)
def test_what_is_no_row_is_not_tried_again(client, sent, status):
    client.force_login(make.reviewer())

    assert client.post(reverse("retry_work"), sent).status_code == status


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 19, "²", "-1", "x"])
def test_what_is_no_key_is_no_row_in_trouble(client, key):
    feed = in_trouble(make.feed)
    client.force_login(make.reviewer())

    answer = client.post(reverse("retry_work"), {"kind": "sources.feed", "pk": key})

    feed.refresh_from_db()
    assert (answer.status_code, feed.is_stuck) == (302, True)
