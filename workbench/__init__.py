"""The ground floor: settings, accounts, the work queue, the log, and what all pages share."""

from workbench.celery import app as celery_app

__all__ = ["celery_app"]
