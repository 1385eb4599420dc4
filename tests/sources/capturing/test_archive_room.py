from datetime import timedelta

import pytest
from django.utils import timezone

from sources.archive import storage
from sources.capturing import archive_room, fetching, rendering
from sources.models import Capture, Document, FetchAttempt, Reading, Rendering
from sources.reading import pasting, reading
from tests import make
from tests.refusing import refused
from workbench.desk.models import Heartbeat
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

MORE_THAN_ANY_DISK = 10**9  # megabytes
FULL = "The disk of the archive is full. Nothing is fetched until there is room again."


def work_on(rows, step):
    """Take a step with each row that is due; return the first row and in how many seconds it comes back."""
    drain(rows, step)
    row = rows.first()
    return row, row.due_at and round((row.due_at - timezone.now()).total_seconds())


@pytest.fixture
def full(settings):
    settings.DISK_RESERVE = MORE_THAN_ANY_DISK


@pytest.mark.usefixtures("full")
def test_on_a_full_disk_documents_are_put_off_and_no_site_is_visited(site):
    fetching.ask(site.says("/pont"), by=make.reporter())

    document, wait = work_on(Document.objects.all(), fetching.fetch)

    assert (document.tries, document.trouble, document.last_outcome) == (0, "", "")
    assert 110 <= wait <= 120
    assert (FetchAttempt.objects.count(), site.asked) == (0, [])


@pytest.mark.usefixtures("full")
def test_on_a_full_disk_no_browser_visits_a_page_and_no_text_is_pasted():
    make.rendering()

    row, wait = work_on(Rendering.objects.all(), rendering.render)

    assert (row.tries, row.done_at, wait > 100) == (0, None, True)
    with refused("not_kept"):
        pasting.keep_pasted("Il a capturé 39 villages.", by=make.reporter())
    assert Document.objects.filter(url__startswith="ni:").count() == 0


def test_reading_goes_on_while_the_disk_is_full(site, settings):
    fetching.ask(site.says("/pont"), by=make.reporter())
    drain(Document.objects.all(), fetching.fetch)
    settings.DISK_RESERVE = MORE_THAN_ANY_DISK

    drain(Reading.objects.all(), reading.read)

    assert Reading.objects.get().text


def test_fetching_goes_on_once_there_is_room(site, settings):
    fetching.ask(site.says("/pont"), by=make.reporter())
    settings.DISK_RESERVE = MORE_THAN_ANY_DISK
    work_on(Document.objects.all(), fetching.fetch)
    settings.DISK_RESERVE = 0
    Document.objects.update(due_at=timezone.now())

    work_on(Document.objects.all(), fetching.fetch)

    assert (Capture.objects.count(), archive_room.problem()) == (1, "")


def test_a_page_that_the_archive_refuses_is_put_off_and_says_why(site, settings, tmp_path):
    fetching.ask(site.says("/pont"), by=make.reporter())
    settings.ARCHIVE_FOLDER = tmp_path / "a file where the folder should be"
    settings.ARCHIVE_FOLDER.touch()

    document, wait = work_on(Document.objects.all(), fetching.fetch)

    assert (document.tries, wait > 100) == (0, True)
    assert document.trouble.startswith("The archive refused to store this. (")
    assert (FetchAttempt.objects.count(), Capture.objects.count()) == (0, 0)
    assert archive_room.problem() == "The archive refuses new captures, so fetching waits until it takes them again."


def test_after_a_refusal_no_site_is_visited_for_a_minute(site):
    make.heartbeat("archive refused", timedelta(seconds=50))
    fetching.ask(site.says("/pont"), by=make.reporter())

    work_on(Document.objects.all(), fetching.fetch)
    visited_early = list(site.asked)
    Heartbeat.objects.filter(name="archive refused").update(at=timezone.now() - timedelta(seconds=70))
    Document.objects.update(due_at=timezone.now())
    work_on(Document.objects.all(), fetching.fetch)

    assert (visited_early, Capture.objects.count()) == ([], 1)


def test_the_health_check_says_how_much_is_free(settings):
    healthy = archive_room.health()
    settings.DISK_RESERVE = MORE_THAN_ANY_DISK
    full = archive_room.health()

    assert (healthy.ok, healthy.problem, healthy.figures["reserve_megabytes"]) == (True, "", 500)
    assert healthy.figures["free_megabytes"] == pytest.approx(storage.free_megabytes(), abs=1_000)
    assert (full.ok, full.problem) == (False, FULL)


def test_an_archive_that_cannot_be_written_is_told(settings, monkeypatch):
    settings.ARCHIVE_STORAGE, settings.ARCHIVE_ENDPOINT = "s3://captures/desk", "http://127.0.0.1:1"
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")

    found = archive_room.health()

    assert (found.ok, found.figures, found.problem) == (False, {}, "The archive cannot be written.")
