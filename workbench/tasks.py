"""Celery tasks and timetable of the ground floor."""

from __future__ import annotations

from celery import shared_task

from workbench.desk import audit, channel_sending, checkpointing, drafting, log_checking, mailing, measuring, notifying
from workbench.desk.work_queue import drain


@shared_task
def measure_sizes() -> None:
    """Measure the size of the desk, once a day."""
    drain(measuring.due(), measuring.measure)


@shared_task
def make_checkpoints() -> None:
    """Make checkpoints of the log, and have them stamped."""
    drain(checkpointing.due(), checkpointing.step)


@shared_task
def check_log() -> None:
    """Check the whole log, where somebody asked for it."""
    drain(log_checking.due(), log_checking.step)


@shared_task
def expire_drafts() -> None:
    """Remove drafts that nobody has saved for a month."""
    drafting.expire()


@shared_task
def bind_seals() -> None:
    """Have the log carry the seals of rows that were written without an act."""
    audit.bind_seals()


@shared_task
def tell_people() -> None:
    """Tell people what the log has got since the last look."""
    notifying.notify()


@shared_task
def send_notifications() -> None:
    """Mail people their notifications."""
    drain(mailing.due(), mailing.send)


@shared_task
def send_to_channels() -> None:
    """Send messages to the channels of the desk."""
    drain(channel_sending.due(), channel_sending.send)


# Seconds between two pulses of each task.
TIMETABLE = {
    "workbench.tasks.measure_sizes": 300,
    "workbench.tasks.make_checkpoints": 30,
    "workbench.tasks.check_log": 30,
    "workbench.tasks.expire_drafts": 3600,
    "workbench.tasks.bind_seals": 60,
    "workbench.tasks.tell_people": 10,
    "workbench.tasks.send_notifications": 30,
    "workbench.tasks.send_to_channels": 10,
}
