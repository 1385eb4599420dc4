"""Fact-checks of others: those that a hidden page held are shown once somebody finds them where everybody may."""

import pytest

from sources.formats.claim_reviews import ClaimReviewRecord
from sources.models import FactCheck
from tests import make
from workbench.desk import hidden_rows

pytestmark = pytest.mark.django_db
RECORD = ClaimReviewRecord("https://checks.example/1", "The bridge was closed.", rating="False")


@pytest.fixture
def closed():
    """A page that only who brought it sees, and that holds a fact-check."""
    page = make.form_upload().bringing.capture.document
    assert FactCheck.objects.keep([RECORD], document=page) == 1
    return page


def seen():
    with hidden_rows.read_by(lambda: make.viewer().pk):
        return list(FactCheck.objects.all())


def test_a_fact_check_of_a_hidden_page_is_shown_once_a_provider_gives_it(closed):
    assert not seen()

    assert FactCheck.objects.keep([RECORD]) == 0

    assert [check.document for check in seen()] == [None]


def test_a_fact_check_of_a_hidden_page_is_shown_once_another_page_has_it(closed):
    FactCheck.objects.keep([RECORD], document=make.form_upload().bringing.capture.document)
    assert not seen()
    page = make.document()

    FactCheck.objects.keep([RECORD], document=page)

    assert [check.document for check in seen()] == [page]


def test_the_page_on_which_everybody_saw_a_fact_check_first_stays(closed):
    page = make.document()
    FactCheck.objects.keep([RECORD], document=page)

    FactCheck.objects.keep([RECORD])
    FactCheck.objects.keep([RECORD], document=make.document())

    assert [check.document for check in seen()] == [page]
