from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from workbench.desk import measuring
from workbench.desk.daily_size import DailySize
from workbench.desk.work_queue import drain
from workbench.tasks import measure_sizes

pytestmark = pytest.mark.django_db


def test_the_desk_is_measured_once_a_day_and_the_figures_of_each_day_are_kept():
    make.daily_size(timezone.now().date() - timedelta(days=1))
    make.capture(warc_length=100)

    measure_sizes()
    measure_sizes()

    today, _yesterday = DailySize.objects.all()
    assert today.day == timezone.now().date()
    assert today.archive == {"2024-12": 100}
    assert today.tables["sources_passage"][1] > 0
    assert today.database_bytes > 1_000_000
    assert today.disks[0]["free"] < today.disks[0]["total"]
    assert (today.due_at, today.trouble) == (None, "")


def test_looking_whether_today_was_measured_costs_three_small_queries():
    drain(measuring.due(), measuring.measure)

    with CaptureQueriesContext(connection) as asked:
        assert drain(measuring.due(), measuring.measure) == 0

    # Whether there is a row of today, whether one is due, and when this task was last heard.
    assert len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]) == 3
