from datetime import UTC, datetime

import pytest

from claims.publishing import printed_values


@pytest.mark.parametrize(
    ("at", "iso"),
    [(datetime(2024, 11, 29, 8, 15, 59, 999, tzinfo=UTC), "2024-11-29T08:15:59Z"), (None, None)],
)
def test_times_are_told_in_utc_to_the_second(at, iso):
    assert printed_values.moment(at) == iso


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        ("أغلق الجسر يوم الاثنين بعد الفيضان.", "", "ar"),
        ("Le pont a été fermé lundi après la crue.", "", "fr"),
        ("Le pont a été fermé lundi.", "en", "en"),
        ("12", "", ""),
        ("", "", ""),
    ],
)
def test_a_text_has_the_language_that_is_given_or_fairly_sure(text, given, language):
    assert printed_values.written(text, given) == {"text": text, "language": language}
