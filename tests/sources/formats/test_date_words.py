from datetime import UTC, datetime

import pytest
import pytz

from sources.formats import date_words


@pytest.mark.parametrize(
    ("name", "month"),
    [("kasim", 11), ("تشرين الثاني", 11), ("نوفمبر", 11), ("نونبر", 11), ("ноября", 11)],
)
def test_a_month_has_its_names_in_every_region(name, month):
    assert date_words.months()[name] == month


def test_a_zone_that_several_countries_name_alike_is_left_out():
    assert not {"CST", "IST"} & set(date_words.ZONES)


def test_a_zone_has_the_offset_of_every_place_that_names_it_so():
    defined = {
        "EST",
        "EDT",
        "CDT",
        "MST",
        "MDT",
        "PST",
        "PDT",
        "UT",
        "Z",
        "MEZ",
        "MESZ",
        "TRT",
    }  # RFC 822; German names
    found: dict[str, set[float]] = {}
    for place in pytz.common_timezones:
        for month in (1, 7):
            local = datetime(2026, month, 1, tzinfo=UTC).astimezone(pytz.timezone(place))
            found.setdefault(local.tzname(), set()).add(local.utcoffset().total_seconds() / 3600)

    sole = {name: {hours} for name, hours in date_words.ZONES.items() if name not in defined}
    assert {name: found[name] for name in sole} == sole


@pytest.mark.parametrize(("language", "order"), [("fr", "DMY"), ("fa", "YMD"), ("en", ""), ("xx", "")])
def test_english_has_no_certain_order_of_day_and_month(language, order):
    assert date_words.order(language) == order
