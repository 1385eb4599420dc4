"""The ground floor: settings, people, the queue, the log and the look."""

from workbench.celery import app as celery_app

__all__ = ["celery_app"]
