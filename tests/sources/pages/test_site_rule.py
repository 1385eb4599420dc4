from datetime import timedelta

import pytest

from sources.pages.site_rule import site_rule
from tests import make
from workbench.pages.badges import BAD, Badge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({}, Badge("as usual", "")),
        ({"delay": timedelta(seconds=1.5)}, Badge("1.5 s between visits", "")),
        ({"delay": timedelta(seconds=90)}, Badge("90 s between visits", "")),
        ({"delay": timedelta(seconds=90), "denied": True}, Badge("not visited", BAD)),
    ],
)
def test_a_rule_is_told_in_words(columns, rule):
    assert site_rule(make.host_policy(**columns)) == rule
