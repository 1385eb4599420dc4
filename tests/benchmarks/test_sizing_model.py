from dataclasses import replace

import pytest

from benchmarks.sizing_model import MEASURED, Habits, needs, table
from workbench.runner.paths import ROOT

GUIDE = (ROOT / "docs" / "operating.md").read_text()


def test_the_guide_shows_the_table_of_the_model():
    assert "\n".join(table(MEASURED, Habits())) in GUIDE


@pytest.mark.parametrize(
    "cost", ["article_seconds", "article_server_seconds", "vector_seconds", "poll_seconds", "page_seconds"]
)
def test_the_guide_names_what_was_measured(cost):
    assert f" {getattr(MEASURED, cost):g} s" in GUIDE.partition("| cost | measured |")[2].partition("\n\n")[0]


def test_a_desk_needs_what_its_work_takes_and_as_much_again():
    desk = needs(50, 500, MEASURED, Habits())

    articles, checks, claims = 500 * 40 / 8 / 3600, 500 * 200 / 86_400, 50 * 5 / 8 / 3600
    work = articles * (0.050 + 21 * 0.037) + checks * 0.031 + claims
    assert 2 * work <= desk.worker_cores < 2 * work + 0.1
    assert 2 * (work + articles + checks) <= desk.worker_processes < 2 * (work + articles + checks) + 1
    assert 2 * 5 * 0.041 <= desk.web_cores < 2 * 5 * 0.041 + 0.1
    assert desk.archive_gb_a_year == pytest.approx(20_000 * 365 * 35_500 / 1e9)
    assert desk.database_gb_a_year == pytest.approx(20_000 * 365 * (45_700 + 21 * 2_600) / 1e9)


@pytest.mark.parametrize(("cost", "need"), [("page_seconds", "web_cores"), ("archive_bytes", "archive_gb_a_year")])
def test_what_costs_twice_as_much_needs_twice_as_much(cost, need):
    dear = replace(MEASURED, **{cost: 2 * getattr(MEASURED, cost)})

    once, twice = (getattr(needs(500, 5_000, costs, Habits()), need) for costs in (MEASURED, dear))

    assert twice == pytest.approx(2 * once, rel=0.05)
