import pytest
from django.utils import translation

from sources.pages.date_display import ShownDate, at, publication
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("precision", "text", "machine"),
    [
        ("year", "2024", "2024"),
        ("month", "December 2024", "2024-12"),
        ("day", "Dec. 2, 2024", "2024-12-02"),
        ("minute", "Dec. 2, 2024, 9:30 a.m.", "2024-12-02T09:30:00+00:00"),
        ("", "Dec. 2, 2024, 9:30 a.m.", "2024-12-02T09:30:00+00:00"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(precision, text, machine, settings):
    settings.TIME_ZONE = "UTC"
    reading = make.reading(published_at=make.MONDAY, published_precision=precision)

    assert publication(reading.capture.document, reading) == ShownDate(text, machine)


def test_in_french_a_word_stands_between_a_day_and_its_time():
    with translation.override("fr"):
        assert at(make.MONDAY) == "2 décembre 2024 à 09:30"


def test_a_date_says_how_it_is_known():
    found = {"published_method": "json-ld", "published_confidence": 0.9, "published_precision": "day"}
    reading = make.reading(published_at=make.MONDAY, **found)

    assert (
        publication(reading.capture.document, reading).known_by
        == "date found in the data for search engines, confidence 0.90"
    )


def test_without_a_text_the_feed_is_believed():
    assert publication(make.document(published_at=make.MONDAY), None).known_by == "according to the feed"
    assert publication(make.document(), None) == ShownDate("No date found")
