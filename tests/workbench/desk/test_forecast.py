from datetime import date, timedelta

from workbench.desk.forecast import Forecast, forecast

START = date(2026, 11, 1)
GB = 1_000_000_000


def days(*grown):
    """The bytes used on days in a row, from how much was added on each."""
    used, found = 0, [(START, 0)]
    for number, more in enumerate(grown, start=1):
        used += more
        found.append((START + timedelta(days=number), used))
    return found


def test_with_less_than_a_week_of_figures_it_is_too_early_to_tell():
    assert forecast([], GB) is None
    assert forecast(days(*[GB] * 6), GB) is None


def test_steady_growth_is_told_to_the_day():
    found = forecast(days(*[GB] * 7), 10 * GB)

    full = START + timedelta(days=17)
    assert found == Forecast(7 * GB, full, full, full)


def test_the_doubt_grows_with_the_differences_between_days():
    calm = forecast(days(*[GB, GB, 2 * GB] * 7), 100 * GB)
    wild = forecast(days(*[0, 0, 4 * GB] * 7), 100 * GB)

    assert calm.likely == wild.likely
    assert wild.earliest < calm.earliest < calm.likely < calm.latest < wild.latest


def test_a_disk_that_does_not_fill_up_is_never_full():
    assert forecast(days(*[0] * 7), GB) == Forecast(0, None, None, None)
    assert forecast(days(*[-GB] * 7), GB) == Forecast(-7 * GB, None, None, None)


def test_growth_that_may_be_chance_has_an_earliest_day_only():
    found = forecast(days(*[GB, -GB] * 7), 10 * GB)

    assert (found.likely, found.latest) == (None, None)
    assert found.earliest > START


def test_days_without_figures_do_not_make_growth_faster():
    steady = days(*[GB] * 14)

    assert forecast([steady[0], *steady[5:]], 10 * GB) == forecast(steady, 10 * GB)
