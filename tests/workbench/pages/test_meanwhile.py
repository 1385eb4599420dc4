import pytest

from claims.models.vocabulary import ClaimVerb
from tests import make
from workbench.pages import meanwhile

pytestmark = pytest.mark.django_db


def test_the_newest_acts_of_others_are_told_and_not_ones_own():
    me, row, other = make.editor(), make.source(), make.source()
    make.log_entry(row, by=me)
    entries = [make.log_entry(row, by=make.reporter()) for _each in range(meanwhile.MOST_ACTS + 1)]
    make.log_entry(row)  # by the machine
    make.log_entry(other, by=make.reporter())

    found = meanwhile.by_others(me, ["words", None, [row]])

    assert [entry.pk for entry in found] == [entry.pk for entry in reversed(entries[1:])]
    assert meanwhile.by_others(me, ["no row"]) == []


def test_what_is_long_past_is_not_told(monkeypatch):
    row = make.source()
    make.log_entry(row, by=make.reporter())

    monkeypatch.setattr(meanwhile, "LATELY", -meanwhile.LATELY)

    assert meanwhile.by_others(make.editor(), [row]) == []


def test_who_may_not_read_the_log_reads_that_of_claims_and_of_their_own_account():
    me, source, claim = make.reporter(), make.source(), make.claim()
    make.log_entry(source, by=make.editor())
    kept = [make.log_entry(row, by=make.admin()) for row in (me, claim)]

    assert {entry.pk for entry in meanwhile.by_others(me, [source, claim, me])} == {entry.pk for entry in kept}


def test_the_act_that_ended_what_people_may_do_comes_first():
    row, other = make.claim(), make.reporter()
    make.log_entry(row, by=other, verb=ClaimVerb.MOVED)
    for _each in range(meanwhile.MOST_ACTS):
        make.log_entry(row, by=other, verb=ClaimVerb.CONFIRMED_EVIDENCE)

    found = [entry.verb for entry in meanwhile.by_others(make.reporter(), [row])]

    assert found == [ClaimVerb.MOVED, *[ClaimVerb.CONFIRMED_EVIDENCE] * (meanwhile.MOST_ACTS - 1)]
