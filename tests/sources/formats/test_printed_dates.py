from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.formats import feeds
from sources.formats.printed_dates import find, is_updated, read

SEEN = datetime(2026, 11, 26, 12, tzinfo=UTC)
CASES = Path(__file__).parent / "dated"
FEED_CASES = [line.split("\t") for line in (CASES / "F03-dates.tsv").read_text().splitlines()[1:]]


def day(text, language=""):
    found = read(text, language, SEEN)
    return found and found.value and (found.value.date().isoformat(), found.precision)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "نشر في: 25 نوفمبر 2026 - 08:30"),
        ("ar", "٢٥ نوفمبر ٢٠٢٦"),
        ("ar", "25 تشرين الثاني 2026"),
        ("ar", "25 تشرين الثاني/نوفمبر 2026"),
        ("ar", "الأربعاء 15 جمادى الآخرة 1448هـ - 25 نوفمبر 2026 م"),
        ("ar", "25 نونبر 2026"),
        ("fa", "چهارشنبه ۲۵ نوامبر ۲۰۲۶ - ۱۴:۳۰"),
        ("he", "25 בנובמבר 2026"),
        ("tr", "25 KASIM 2026 Çarşamba"),
        ("ru", "25 ноября 2026, 14:30"),
        ("uk", "25 листопада 2026 р."),
        ("pt", "25 de novembro de 2026 às 10h30"),
        ("de", "25.11.26"),
        ("it", "mer 25 nov 2026"),
        ("es", "25 de noviembre del 2026"),
        ("fr", "Publié le 25 novembre 2026 à 8h30"),
        ("en", "Wed Nov 25 14:30:00 CST 2026"),
        ("en", "25/11/2026"),
        ("en", "hier was 25th of November, 2026"),
        ("fr", "hier"),
        ("ar", "أمس"),
    ],
)
def test_a_printed_date_is_read_to_its_day(language, text):
    assert day(text, language) == ("2026-11-25", "day")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "1º de março de 2026"),
        ("pt", "Publicado em 1.º de março de 2026"),
        ("es", "1.º de marzo de 2026"),
        ("es", "1ª de marzo de 2026"),
        ("it", "1º marzo 2026"),
        ("it", "1° marzo 2026"),
    ],
)
def test_the_first_of_a_month_may_have_an_ordinal_sign(language, text):
    assert day(text, language) == ("2026-03-01", "day")


@pytest.mark.parametrize(
    "text",
    ["5 آذار (مارس) 2026", "٥ مارس (آذار) ٢٠٢٦", "5 مارس - آذار 2026", "5 آذار [مارس]، 2026", "5 آذار/مارس2026",
     "5مارس 2026", "5 مارس2026", "5 من مارس 2026", "5 من شهر مارس 2026"],
)  # fmt: skip
def test_the_arabic_press_writes_both_names_of_a_month_or_no_space_or_more_words(text):
    assert day(text, "ar") == ("2026-03-05", "day")


@pytest.mark.parametrize("text", ["5 آذار (نوفمبر) 2026", "5 آذار/نوفمبر 2026", "5 مارس - تشرين الثاني 2026"])
def test_names_of_two_months_are_no_date(text):
    assert read(text, "ar", SEEN) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("ar", "أول أمس"), ("ar", "أول من أمس"), ("ar", "أمس الأول"), ("tr", "Evvelsi gün"), ("it", "l’altro ieri")],
)
def test_the_day_before_yesterday_is_read(language, text):
    assert day(text, language) == ("2026-11-24", "day")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-25T14:30:00.123+0300", "2026-11-25T11:30:00"),
        ("25 Kas 2026 14:30:00 +0300", "2026-11-25T11:30:00"),
        ("April 3, 2026 at 5:30 p.m. EDT", "2026-04-03T21:30:00"),
        ("Published 10:30 GMT, 25 November 2026", "2026-11-25T10:30:00"),
        ("20261125T143000Z", "2026-11-25T14:30:00"),
        ("Wed,25 Nov 2026 14:30:00 +0100", "2026-11-25T13:30:00"),
        ("Wednesday, 25-Nov-26 14:30:00 UTC", "2026-11-25T14:30:00"),
        ("Wed, 25 Nov 98 14:30:00 GMT", "1998-11-25T14:30:00"),
        ("Wed, 25 Nov 2026 24:00:00 GMT", "2026-11-26T00:00:00"),
    ],
)
def test_a_time_with_a_zone_is_a_moment(text, moment):
    assert read(text).value.astimezone(UTC).isoformat() == f"{moment}+00:00"


@pytest.mark.parametrize(
    "text", ["Tuesday, 25-Nov-26 14:30:00 UTC", "25-Nov-26 14:30:00 UTC", "1,25 Nov 2026", "3.25 Nov 2026"]
)
def test_a_year_of_two_digits_is_read_only_where_the_weekday_fits(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "03/04/2026", ("2026-03-04", "2026-04-03")),
        ("", "03/04/2026 2:30:00 PM", ("2026-03-04", "2026-04-03")),
        ("fr", "03/04/2026 2:30 PM", ("2026-03-04", "2026-04-03")),
        ("fr", "03/04/2026", ("2026-04-03", None)),
        ("en", "Friday 03/04/2026", ("2026-04-03", None)),
        ("en", "03.04.2026", ("2026-04-03", None)),
        ("en", "04/04/2026", ("2026-04-04", None)),
    ],
)
def test_digits_in_two_orders_are_two_days_unless_something_tells(language, text, days):
    found = read(text, language)

    assert (found.value.date().isoformat(), found.until and found.until.date().isoformat()) == days


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("نشر يوم ١٥ جمادى الآخرة ١٤٤٨ هـ", "١٥ جمادى الآخرة ١٤٤٨ هـ"),
        ("چهارشنبه ۴ آذر ۱۴۰۵ - ۱۴:۳۰", "۴ آذر ۱۴۰۵"),
        ("۱۴۰۵/۰۹/۰۴", "۱۴۰۵/۰۹/۰۴"),
        ("כ״ה בכסלו תשפ״ז", "כ״ה בכסלו תשפ״ז"),
        ("15 Cemaziyelahir 1448", "15 Cemaziyelahir 1448"),
    ],
)
def test_a_date_of_another_calendar_is_kept_as_it_is_written(text, written):
    found = read(text)

    assert (found.value, found.written) == (None, written)


@pytest.mark.parametrize(
    "text",
    ["", "May 3", "25/11/26", "30 February 2026", "13/13/2026", "1732874400", "in 3 days", "Version 3.4.2026.1",
     "12 people 2026", "9" * 400],
)  # fmt: skip
def test_what_is_no_date_or_could_be_any_is_none(text):
    assert read(text, "en", SEEN) is None


@pytest.mark.parametrize(
    ("text", "precision"), [("2026", "year"), ("2026-11", "month"), ("noviembre de 2026", "month")]
)
def test_a_month_or_a_year_is_no_day(text, precision):
    assert read(text).precision == precision


def test_the_dates_of_a_line_stand_in_their_order():
    found = find("Publié le 25 novembre 2026, mis à jour le 26/11/2026", "fr")

    assert [date.value.day for date in found] == [25, 26]


@pytest.mark.parametrize("text", ["Mis à jour le 25 novembre", "آخر تحديث", "Güncelleme: 25 Kasım", "Обновлено"])
def test_a_line_says_that_it_is_of_a_change(text):
    assert is_updated(text)


def test_a_line_of_publication_is_not_of_a_change():
    assert not is_updated("Publié le 25 novembre 2026")


@pytest.mark.parametrize(("at", "text", "right"), [(at, *line) for at, line in enumerate(FEED_CASES)])
def test_a_date_of_a_feed_is_never_of_another_hour(at, text, right):
    entry = feeds.parse((CASES / "F03-dates.xml").read_bytes(), "application/rss+xml", "https://kiyi.example/").entries[
        at
    ]

    assert entry.published.isoformat().startswith(right), text
    assert entry.precision == ("minute" if "T" in right else "day")
