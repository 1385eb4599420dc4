"""What counts as right, and as wrong and sure."""

import pytest

from benchmarks.dates import is_right, is_wrong


@pytest.mark.parametrize(
    ("expected", "answer", "right", "wrong"),
    [
        ("2026-11-25", "2026-11-25", True, False),
        ("2026-11-25", "", False, False),
        ("2026-11-25", "2026-11-26", False, True),
        ("2026-11-25T14:30", "2026-11-25T14:30", True, False),
        ("2026-03-04/2026-04-03", "2026-03-04/2026-04-03", True, False),
        ("2026-03-04/2026-04-03", "2026-04-03", False, True),
        ("", "2026-04-03", False, True),
    ],
)
def test_to_name_a_day_that_nobody_can_know_is_wrong_and_sure(expected, answer, right, wrong):
    assert (is_right(expected, answer), not right and is_wrong(expected, answer)) == (right, wrong)
