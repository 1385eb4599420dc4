import pytest

from claims.models import ChecklistItem
from claims.models.vocabulary import ClaimType
from claims.pages import claim_team
from claims.team import ticking
from tests import make
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def lines(claim):
    return [(line.item.text, line.tick.by if line.tick else None) for line in claim_team.lines(claim)]


def test_a_person_ticks_the_lines_for_the_type_of_a_claim():
    edith, rep = make.editor(), make.reporter()
    claim = make.claim(type=ClaimType.QUOTE)
    second = ticking.add_item(ClaimType.QUOTE, "Is there a recording?", 2, by=edith)
    ticking.add_item(ClaimType.QUOTE, " Who heard  it? ", 1, by=edith)
    ticking.add_item(ClaimType.EVENT, "Who saw it?", by=edith)

    ticking.tick(claim, second, by=rep)
    assert lines(claim) == [("Who heard it?", None), ("Is there a recording?", rep)]

    ticking.untick(claim, second, by=rep)
    assert lines(claim) == [("Who heard it?", None), ("Is there a recording?", None)]


def test_a_tick_stays_with_the_words_that_it_was_for():
    edith, rep, claim = make.editor(), make.reporter(), make.claim()
    old = ticking.add_item(ClaimType.EVENT, "Who saw it?", by=edith)
    ticking.tick(claim, old, by=rep)

    ticking.change_item(old, by=edith, text="Who saw it, and from where?", position=0, in_use=True)

    assert lines(claim) == [("Who saw it?", rep), ("Who saw it, and from where?", None)]
    assert ChecklistItem.objects.filter(in_use=True).count() == 1


def test_a_line_for_another_type_or_out_of_use_cannot_be_ticked():
    edith, rep, claim = make.editor(), make.reporter(), make.claim()
    other = ticking.add_item(ClaimType.QUOTE, "Who heard it?", by=edith)
    gone = ticking.add_item(ClaimType.EVENT, "Who saw it?", by=edith)
    gone = ticking.change_item(gone, by=edith, text=gone.text, position=3, in_use=False)

    for item in (other, gone):
        with pytest.raises(Refusal) as refused:
            ticking.tick(claim, item, by=rep)
        assert refused.value.code == "other_type"


def test_reporters_tick_and_only_editors_write():
    with pytest.raises(NotPermitted):
        ticking.add_item(ClaimType.EVENT, "Who saw it?", by=make.reporter())
    with pytest.raises(NotPermitted):
        ticking.tick(make.claim(), make.checklist_item(), by=make.viewer())
