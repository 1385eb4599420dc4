"""Celery tasks and timetable of sources: each task takes due rows of one kind from the work queue."""

from __future__ import annotations

from celery import shared_task

from sources.capturing import fetching, rendering
from sources.gathering import discovering, polling, searching, streaming
from sources.proving import copying, sealing
from sources.reading import expiring, reading, reembedding
from sources.watching import watching
from workbench.desk.work_queue import drain


@shared_task
def poll_feeds() -> None:
    """Poll the feeds that are due."""
    drain(polling.due(), polling.poll)


@shared_task
def look_for_feeds() -> None:
    """Look for feeds where a person asked for it."""
    drain(discovering.due(), discovering.look)


@shared_task
def fetch_documents() -> None:
    """Fetch the documents that are due."""
    drain(fetching.due(), fetching.fetch)


@shared_task
def do_readings() -> None:
    """Read the captures that are due."""
    drain(reading.due(), reading.read)


@shared_task
def embed_readings() -> None:
    """Give vectors to readings that lack them, as after a change of model."""
    drain(reembedding.due(), reembedding.embed)


@shared_task
def render_documents() -> None:
    """Capture with a browser what is due for it."""
    drain(rendering.due(), rendering.render)


@shared_task
def compare_readings() -> None:
    """Compare the readings that are due."""
    drain(watching.due(), watching.compare)


@shared_task
def run_searches() -> None:
    """Run the searches that are due."""
    drain(searching.due(), searching.run)


@shared_task
def poll_providers() -> None:
    """Poll the search providers that are read whole, and are due."""
    drain(streaming.due(), streaming.poll)


@shared_task
def seal_captures() -> None:
    """Link captures into the hash chain, and get timestamps on it."""
    drain(sealing.due(), sealing.seal)


@shared_task
def remove_texts() -> None:
    """Remove old texts that nothing rests on, as the rules of retention say."""
    drain(expiring.due(), expiring.remove)


@shared_task
def ask_archives() -> None:
    """Request the copies in public archives that are due."""
    drain(copying.due(), copying.copy)


# Seconds between two pulses of each task.
TIMETABLE = {
    "sources.tasks.poll_feeds": 5,
    "sources.tasks.look_for_feeds": 10,
    "sources.tasks.run_searches": 5,
    "sources.tasks.poll_providers": 15,
    "sources.tasks.fetch_documents": 3,
    "sources.tasks.do_readings": 3,
    "sources.tasks.embed_readings": 15,
    "sources.tasks.render_documents": 5,
    "sources.tasks.compare_readings": 10,
    "sources.tasks.seal_captures": 10,
    "sources.tasks.ask_archives": 10,
    "sources.tasks.remove_texts": 60,
}
