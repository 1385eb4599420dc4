"""The ground floor: settings, accounts, the work queue, the log, and what all pages share."""

import gc

# A program makes some hundred thousand objects as it loads its modules, and all of them stay: with the thresholds of
# Python it looks through them again and again.
gc.set_threshold(10_000, 20, 20)

from workbench.celery import app as celery_app  # noqa: E402 -- the line above counts for what it loads too

__all__ = ["celery_app"]
