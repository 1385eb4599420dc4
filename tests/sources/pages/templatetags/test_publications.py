from datetime import UTC, datetime

import pytest

from sources.pages.templatetags.publications import publication_day
from tests import make

pytestmark = pytest.mark.django_db

MARCH, APRIL = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "until", "shown"),
    [
        ("day", None, '<time datetime="2026-03-04">March 4, 2026</time>'),
        ("month", None, '<time datetime="2026-03">March 2026</time>'),
        ("", None, '<time datetime="2026-03-04">March 4, 2026</time>'),
        ("day", APRIL, "March 4, 2026 or April 3, 2026"),
    ],
)
def test_a_list_shows_a_date_as_exactly_as_it_is_known(precision, until, shown, settings):
    settings.TIME_ZONE = "UTC"

    assert (
        publication_day(make.document(published_at=MARCH, published_precision=precision, published_until=until))
        == shown
    )


def test_a_document_without_a_date_shows_none():
    assert publication_day(make.document()) == ""
