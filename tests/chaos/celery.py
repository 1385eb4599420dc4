"""The Celery app of the workbench, under a name that a test can give to its workers and clocks."""

from workbench.celery import app

__all__ = ["app"]
