import pytest

from tests import make
from workbench.pages import meanwhile

pytestmark = pytest.mark.django_db


def test_the_newest_acts_of_others_are_told_and_not_ones_own():
    me, row, other = make.editor(), make.source(), make.source()
    make.log_entry(row, by=me)
    entries = [make.log_entry(row, by=make.reporter()) for _each in range(4)]
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
