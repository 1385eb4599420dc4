from datetime import datetime, timedelta

import pytest
from django.contrib.humanize.templatetags import humanize
from django.utils import timezone, translation

from workbench.pages.time_ago import ago

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PASSED = [timedelta(seconds=4), 3 * MINUTE, 59 * MINUTE, HOUR, 25 * HOUR, timedelta(days=8), timedelta(days=800)]


@pytest.mark.parametrize("passed", [*PASSED, *(-each for each in PASSED)])
def test_it_says_what_django_says_in_each_language(passed):
    at = timezone.now() - passed - timedelta(seconds=0.5)

    for language in ("en", "fr", "tr", "ar"):
        with translation.override(language):
            assert ago(at) == humanize.naturaltime(at)


@pytest.mark.parametrize("passed", [timedelta(seconds=4), 3 * MINUTE, 59 * MINUTE, 5 * HOUR, 30 * HOUR])
def test_the_words_change_as_time_passes(passed, monkeypatch):
    at = timezone.now() - passed
    before = ago(at)

    later = timezone.now() + (HOUR if passed >= HOUR else MINUTE)
    clock = type("Clock", (datetime,), {"now": classmethod(lambda _cls, _zone=None: later)})
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr(humanize, "datetime", clock)

    assert ago(at) == humanize.naturaltime(at)
    assert ago(at) != before
