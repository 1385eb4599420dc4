"""What Celery may call: a message says only that there may be work of a kind."""

from __future__ import annotations

from celery import shared_task

from sources.capturing import fetching, rendering
from sources.gathering import discovering, polling, searching
from sources.models import Change, Discovery, Document, ExternalArchive, Feed, Reading, Rendering, Search
from sources.proving import copying, sealing
from sources.reading import reading
from sources.watching import watching
from workbench.desk.work_queue import drain


@shared_task
def poll_feeds() -> None:
    """Poll the feeds that are due."""
    drain(Feed.objects.all(), polling.poll)


@shared_task
def look_for_feeds() -> None:
    """Look for feeds where somebody asked for it."""
    drain(Discovery.objects.all(), discovering.look)


@shared_task
def fetch_documents() -> None:
    """Fetch the documents that are due."""
    drain(fetching.Reachable(Document), fetching.fetch)


@shared_task
def do_readings() -> None:
    """Read the captures that are due."""
    drain(Reading.objects.all(), reading.read)


@shared_task
def render_documents() -> None:
    """Capture with a browser what is due for it."""
    drain(Rendering.objects.all(), rendering.render)


@shared_task
def compare_readings() -> None:
    """Compare the readings that are due."""
    drain(Change.objects.all(), watching.compare)


@shared_task
def run_searches() -> None:
    """Put the searches that are due."""
    drain(Search.objects.all(), searching.run)


@shared_task
def seal_captures() -> None:
    """Link captures into their chain, and have its head stamped."""
    drain(sealing.expected(), sealing.seal)


@shared_task
def ask_archives() -> None:
    """Ask public archives for the copies that are due."""
    drain(ExternalArchive.objects.all(), copying.copy)


# Seconds between two pulses of each task.
TIMETABLE = {
    "sources.tasks.poll_feeds": 5,
    "sources.tasks.look_for_feeds": 10,
    "sources.tasks.run_searches": 5,
    "sources.tasks.fetch_documents": 3,
    "sources.tasks.do_readings": 3,
    "sources.tasks.render_documents": 5,
    "sources.tasks.compare_readings": 10,
    "sources.tasks.seal_captures": 10,
    "sources.tasks.ask_archives": 10,
}
