import pytest
from django.utils import translation

from claims.pages.forms.log_claim import LinkForm
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "announced"),
    [("en", "needed for a source that is new to the desk"), ("fr", "nécessaire pour une source que la rédaction")],
)
def test_the_label_of_a_kind_says_when_it_is_needed(language, announced):
    with translation.override(language):
        assert announced in str(LinkForm()["kind"].label)


@pytest.mark.parametrize(
    ("name", "known", "needed"),
    [("Ufuk Manşet", False, True), ("صدى الوادي", False, True), ("Courrier d’Arvel", True, False)],
)
def test_a_kind_is_needed_where_the_label_says_so(name, known, needed):
    if known:
        make.source(name)

    assert ("kind" in LinkForm({"named_as": name, "modality": "reports"}).errors) == needed
