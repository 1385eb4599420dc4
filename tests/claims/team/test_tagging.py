import pytest

from claims.intake import restricting
from claims.models import ClaimTag
from claims.team import tagging
from tests import make
from workbench.desk import hidden_rows
from workbench.desk.refusal import Refusal

pytestmark = pytest.mark.django_db


def names(claim):
    return sorted(ClaimTag.objects.standing().filter(claim=claim).values_list("name", flat=True))


def test_a_tag_keeps_its_first_spelling_and_stands_once():
    rep, first, second = make.reporter(), make.claim(), make.claim()

    tagging.tag(first, ["Élection 2026"], by=rep)
    tagging.tag(second, ["election 2026", "War"], by=rep)
    tagging.tag(second, ["war"], by=rep)

    assert (names(first), names(second)) == (["Élection 2026"], ["War", "Élection 2026"])
    tagging.untag(second, ["WAR", "never"], by=rep)
    assert names(second) == ["Élection 2026"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("#war, War ,  two  words", ["war", "two words"]), ("حرب، انتخابات", ["حرب", "انتخابات"])],
)
def test_tags_are_read_from_a_line(text, expected):
    assert tagging.names(text) == expected


@pytest.mark.parametrize("text", ["x" * 61, "a\0b", "\u202ereversed", "\u0301"])
def test_what_is_no_tag_is_refused(text):
    with pytest.raises(Refusal) as refused:
        tagging.names(text)

    assert refused.value.code == "bad_tag"


def test_the_tags_of_a_restricted_claim_are_offered_to_its_readers_alone():
    rep = make.reporter()
    claim = make.claim(logged_by=rep)
    tagging.tag(claim, ["whistle"], by=rep)
    tagging.tag(make.claim(), ["open"], by=rep)
    restricting.name(claim, rep, by=rep)

    with hidden_rows.read_by(lambda: rep.pk):
        own = tagging.offered()
    with hidden_rows.read_by(lambda: make.editor().pk):
        others = tagging.offered()

    assert (own, others) == (["open", "whistle"], ["open"])
