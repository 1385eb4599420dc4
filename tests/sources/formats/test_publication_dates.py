from datetime import UTC, datetime, timedelta, timezone

import pytest

from sources.formats.article import Dated
from sources.formats.publication_dates import agree, weighed

LATEST = datetime(2026, 11, 27, tzinfo=UTC)


def of(day, method, confidence, precision="day", until=None):
    return Dated(datetime.fromisoformat(day).replace(tzinfo=UTC), precision, method, confidence, until)


def test_places_that_agree_give_the_most_exact_date():
    found, others = weighed([of("2026-11-25", "json-ld", 0.95), of("2026-11-25T08:30", "meta", 0.9, "minute")], LATEST)

    assert (found.value.hour, found.precision, found.confidence, others) == (8, "minute", 0.95, [])


def test_places_that_disagree_are_doubted_and_both_are_kept():
    found, others = weighed([of("2026-11-25", "json-ld", 0.95), of("2019-03-02", "printed", 0.7)], LATEST)

    assert (found.method, found.confidence, [date.method for date in others]) == ("json-ld", 0.5, ["printed"])


def test_two_places_outweigh_one_that_is_trusted_more():
    dates = [of("2019-03-02", "json-ld", 0.7), of("2026-11-25", "time", 0.75), of("2026-11-24", "url", 0.8)]

    assert weighed(dates, LATEST)[0].value.year == 2026


def test_another_place_tells_which_of_two_days_is_meant():
    either = of("2026-03-04", "printed", 0.7, until=datetime(2026, 4, 3, tzinfo=UTC))

    found, others = weighed([either, of("2026-04-03", "url", 0.8)], LATEST)

    assert (found.value.month, found.until, others) == (4, None, [])


def test_a_date_after_the_visit_counts_for_nothing():
    assert weighed([of("2027-01-01", "json-ld", 0.95)], LATEST) == (None, [])


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (of("2026-11-26", "url", 0.8), True),
        (of("2026-11-28", "url", 0.8), False),
        (of("2026-11-01", "url", 0.6, "month"), True),
        (of("2026-09-01", "url", 0.6, "month"), False),
    ],
)
def test_days_that_meet_somewhere_on_earth_agree(other, same):
    moment = Dated(datetime(2026, 11, 25, 23, tzinfo=timezone(timedelta(hours=-3))), "minute", "json-ld", 0.95)

    assert agree(moment, other) is same
