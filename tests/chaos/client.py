"""Whoever asks for the jobs: a few at a time, again where the database does not answer, and never twice."""

import os
import sys
from time import sleep

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.chaos.settings")
django.setup()

from django.db import InterfaceError, OperationalError, connection, transaction  # noqa: E402

from tests.chaos import history  # noqa: E402
from tests.chaos.models import Job  # noqa: E402

AT_A_TIME = 4


def ask_for(keys):
    """Log jobs in one commit, or raise when the database does not say that it has them."""
    with transaction.atomic():
        known = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
        for key in keys:
            if key not in known:
                Job.objects.create(key=key)


def main(number, seconds):
    for first in range(0, number, AT_A_TIME):
        keys = [f"job-{index}" for index in range(first, first + AT_A_TIME)]
        while True:
            try:
                ask_for(keys)
                break
            except (OperationalError, InterfaceError):
                connection.close()
                sleep(0.2)
        for key in keys:
            history.note("asked", key)
        sleep(seconds * AT_A_TIME / number)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
