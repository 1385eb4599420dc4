import pytest

from claims.intake import restricting
from claims.models import CaseItem, Claim
from claims.models.desk_case import cases_of, in_case
from claims.team import case_keeping, tagging
from tests import make
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal

pytestmark = pytest.mark.django_db


def claims_in(case):
    return set(Claim.objects.filter(in_case(case.pk)))


def test_a_case_holds_the_claims_that_were_put_there_and_those_with_its_tags():
    rep, put, tagged = make.reporter(), make.claim(), make.claim()
    make.claim()
    case = case_keeping.open_case(" The  war ", by=rep)

    case_keeping.put_claim(case, put, by=rep)
    case_keeping.put_tag(case, "#War", by=rep)
    case_keeping.put_source(case, make.source(), by=rep)
    tagging.tag(tagged, ["war"], by=rep)

    assert (case.name, claims_in(case)) == ("The war", {put, tagged})
    assert list(cases_of(tagged.pk)) == list(cases_of(put.pk)) == [case]
    case_keeping.take_out(CaseItem.objects.get(claim=put), by=rep)
    assert claims_in(case) == {tagged}


def test_nothing_is_added_to_a_closed_case():
    rep = make.reporter()
    case = case_keeping.open_case("The war", by=rep)
    case_keeping.change_case(case, by=rep, name="The long war", about="Since March.", is_closed=True)

    with pytest.raises(Refusal) as refused:
        case_keeping.put_claim(case, make.claim(), by=rep)

    assert refused.value.code == "case_closed"


def test_a_case_tells_nothing_of_a_restricted_claim():
    rep, edith = make.reporter(), make.editor()
    claim = make.claim(logged_by=rep)
    case = case_keeping.open_case("The war", by=rep)
    case_keeping.put_claim(case, claim, by=rep)
    restricting.name(claim, rep, by=rep)

    with hidden_rows.read_by(lambda: edith.pk):
        assert not claims_in(case)
        assert not CaseItem.objects.filter(case=case).exists()
        assert [entry.verb for entry in LogEntry.objects.filter(chain=f"deskcase {case.pk}")] == ["opened a case"]
        assert not LogEntry.objects.filter(facts__contains=f"deskcase {case.pk}").exists()
    with hidden_rows.read_by(lambda: rep.pk):
        assert claims_in(case) == {claim}


@pytest.mark.parametrize(("name", "code"), [("  ", "empty"), ("x" * 121, "too_long"), ("a\0b", "null_character")])
def test_a_case_needs_a_name(name, code):
    with pytest.raises(Refusal) as refused:
        case_keeping.open_case(name, by=make.reporter())

    assert refused.value.code == code
