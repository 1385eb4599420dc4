from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make
from workbench.desk.forecast import Forecast
from workbench.desk.roles import Role
from workbench.desk.sizes import Disk, sizes
from workbench.pages.storage import full_in_words, shown_disk, storage

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1)


@pytest.mark.parametrize("role", Role)
def test_only_administrators_see_the_sizes(client, role):
    client.force_login(make.user(role))

    status = client.get(reverse("storage")).status_code
    tab = reverse("storage").encode() in client.get(reverse("trouble")).content

    assert (status, tab) == ((200, True) if role == Role.ADMIN else (403, False))


def test_the_page_shows_tables_archive_and_disks_and_says_what_is_not_known(client):
    make.daily_size(archive={"2026-10": 5_000_000, "2026-11": 7_000_000})
    client.force_login(make.admin())

    page = client.get(reverse("storage")).content.decode()

    assert "sources_passage" in page
    assert "11.4\xa0MB" in page
    assert page.index("November 2026") < page.index("October 2026")
    assert "Too early to tell when it will be full" in page
    assert "This database server does not record how long queries take." in page


def test_the_page_costs_the_same_with_one_day_of_figures_and_with_thirty(client):
    client.force_login(make.admin())
    make.daily_size()
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("storage"))
    for _day in range(29):
        make.daily_size()

    with CaptureQueriesContext(connection) as with_thirty:
        client.get(reverse("storage"))

    assert len(with_thirty) == len(with_one)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "Too early to tell when it will be full: there are figures of less than 7 days."),
        (Forecast(0, None, None, None), "At this growth it will not be full within ten years."),
        (Forecast(1, None, MARCH, None), "Not full before March 1, 2027, and at this growth not within ten years."),
        (Forecast(1, APRIL, MARCH, None), "Full around April 1, 2027 at this growth, and not before March 1, 2027."),
        (
            Forecast(1, APRIL, MARCH, MAY),
            "Full around April 1, 2027 at this growth: not before March 1, 2027, and by May 1, 2027.",
        ),
    ],
)
def test_when_a_disk_is_full_is_told_with_its_doubt(found, said):
    assert full_in_words(found) == said


def test_a_disk_that_may_be_full_within_three_months_stands_out():
    today = timezone.now().date()
    soon = Forecast(1, None, today + timedelta(days=80), None)
    later = Forecast(1, None, today + timedelta(days=100), None)

    shown = [shown_disk(Disk(("archive",), 10, 5, found)).is_soon for found in (soon, later, None)]

    assert shown == [True, False, False]


def test_what_lies_elsewhere_is_said_to(settings):
    settings.ARCHIVE_STORAGE, settings.DATABASE_URL = "s3://captures", "postgres://desk@db.example/desk"

    assert storage(sizes())["unseen"] == {"archive", "database"}
