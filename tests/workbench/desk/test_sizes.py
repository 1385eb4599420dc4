from datetime import timedelta

import pytest
from django.utils import timezone

from sources.models import Passage
from tests import databases, make
from workbench.desk import sizes
from workbench.runner import paths

pytestmark = pytest.mark.django_db

PASSAGES = Passage._meta.db_table


def named(found, table=PASSAGES):
    return next(each for each in found if each.name == table)


def test_every_table_of_ours_has_its_bytes_and_the_parts_add_up():
    found = sizes.tables()

    assert {model._meta.db_table for model in (Passage, type(make.claim()))} <= {table.name for table in found}
    assert all(table.bytes == table.heap_bytes + table.index_bytes + table.toast_bytes for table in found)
    assert [table.bytes for table in found] == sorted((table.bytes for table in found), reverse=True)
    assert 0 < named(found).index_bytes < named(found).bytes < sizes.database_bytes()


def test_rows_are_the_estimate_of_the_planner_and_unknown_before_it_has_one():
    with databases.unbound() as cursor:
        cursor.execute("CREATE TABLE fresh AS SELECT 1 AS a FROM generate_series(1, 500)")
        before = named(sizes.tables(), "fresh").rows
        cursor.execute("ANALYZE fresh")

    assert (before, named(sizes.tables(), "fresh").rows) == (None, 500)


def test_growth_is_told_after_a_week_and_counts_from_the_figures_kept():
    today = timezone.now().date()
    make.daily_size(today - timedelta(days=6))
    early = sizes.sizes()
    make.daily_size(today - timedelta(days=14), tables={PASSAGES: [1, 0]}, database_bytes=0)

    late = sizes.sizes()

    assert (named(early.tables).weekly, early.database_weekly) == (None, None)
    assert named(late.tables).weekly == round(named(late.tables).bytes / 2)
    assert late.database_weekly == round(late.database_bytes / 2)
    assert late.days == 8


def test_figures_older_than_four_weeks_no_longer_count():
    make.daily_size(timezone.now().date() - timedelta(days=29), database_bytes=0)

    assert sizes.sizes().database_weekly is None


def test_the_archive_is_measured_by_month_in_which_it_was_captured():
    make.capture(warc_length=100)
    make.capture(warc_length=20, taken_at=make.MONDAY - timedelta(days=2))

    assert sizes.archive_bytes() == {"2024-11": 20, "2024-12": 100}


def test_one_disk_with_archive_and_database_is_told_once_and_its_fill_is_foretold(settings):
    settings.DATABASE_URL = paths.database_url(settings.VAR)  # as embedded, whatever this run has
    (disk,) = sizes.disks()
    assert disk.holds == ("archive", "database")
    today = timezone.now().date()
    for days in range(1, 9):
        grown = {"holds": disk.holds, "total": disk.total, "free": disk.free + days * 1_000_000_000}
        make.daily_size(today - timedelta(days=days), disks=[grown])

    (found,) = sizes.sizes().disks

    assert found.forecast.weekly == pytest.approx(7_000_000_000, rel=0.2)
    assert found.forecast.earliest is not None


def test_what_is_elsewhere_is_no_disk_of_ours(settings):
    settings.ARCHIVE_STORAGE = "s3://captures"
    settings.DATABASE_URL = "postgres://desk@db.example/desk"

    assert sizes.disks() == []


def test_the_slowest_queries_are_left_out_where_the_server_does_not_know_them():
    assert sizes.slowest() is None
    assert sizes.database_bytes() > 0  # the transaction goes on


def test_the_slowest_queries_are_those_of_this_database_slowest_first():
    with databases.unbound() as cursor:
        cursor.execute(
            "CREATE TEMPORARY VIEW pg_stat_statements AS SELECT oid AS dbid, query, calls, mean_exec_time "
            "FROM pg_database CROSS JOIN (VALUES ('SELECT  1', 3, 2.5), ('SELECT 2', 1, 9.0)) known (query, calls, "
            "mean_exec_time)"
        )
        cursor.execute("GRANT SELECT ON pg_stat_statements TO PUBLIC")

    found = sizes.slowest()

    assert found == [sizes.SlowQuery("SELECT 2", 1, 9.0), sizes.SlowQuery("SELECT 1", 3, 2.5)]
