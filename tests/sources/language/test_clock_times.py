import pytest

from sources.language import clock_times


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:02:03.5", 3723.5), ("62:03", 3723.0), ("90", 90.0), ("00:01:02,500", 62.5), (" 0:07 ", 7.0)],
)
def test_times_are_read_as_people_write_them(text, seconds):
    assert clock_times.read(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-1", "1:75", "1::2", "9999999", "٠:٠٧", "1e9"])
def test_what_is_no_time_is_none(text):
    assert clock_times.read(text) is None


@pytest.mark.parametrize(("seconds", "text"), [(62, "0:01:02"), (62.5, "0:01:02.5"), (3723.25, "1:02:03.25")])
def test_times_are_written_with_hours(seconds, text):
    assert clock_times.written(seconds) == text
