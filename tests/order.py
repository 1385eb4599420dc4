"""The order of the tests of a run: those that take long are spread over its first two thirds.

They start whole desks, and wait for them half of the time. Several at once leave a processor idle, and one that begins
late ends after all others.
"""

from __future__ import annotations


def long_ones_spread(items):
    """Return the tests with the long ones among the first two thirds of the others, as far apart as that allows."""
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    apart = 2 * len(others) // (3 * len(long)) if long else 0
    ordered = []
    for number, item in enumerate(long):
        ordered += [item, *others[number * apart : (number + 1) * apart]]
    return [*ordered, *others[len(long) * apart :]]
