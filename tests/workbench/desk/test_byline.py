"""Under which name a report prints a person."""

import pytest

from tests import make
from workbench.desk import profile_setting, public_identity
from workbench.desk.byline import PrintedNames
from workbench.desk.vocabulary import NamePrinted

pytestmark = pytest.mark.django_db


def test_a_person_is_named_in_full_unless_they_or_the_desk_choose_otherwise():
    rita, dora, cem = make.reviewer(first_name="Rita"), make.reviewer(), make.reviewer()
    profile_setting.choose_byline(dora, printed=NamePrinted.PEN, pen_name=" D.  Quill ")
    profile_setting.choose_byline(cem, printed=NamePrinted.ROLE)

    names = PrintedNames()

    assert [names.of(each) for each in (rita, dora, cem, cem, None)] == [
        "Rita",
        "D. Quill",
        "Reviewer 1",
        "Reviewer 1",
        "",
    ]


def test_the_choice_of_the_desk_stands_for_who_has_made_none():
    make.desk_profile(names=NamePrinted.ROLE)
    first, second, open_one = make.reviewer(), make.reviewer(), make.editor(first_name="Edith")
    profile_setting.choose_byline(open_one, printed=NamePrinted.FULL)

    names = PrintedNames()

    assert [names.of(each) for each in (second, first, open_one)] == ["Reviewer 1", "Reviewer 2", "Edith"]


def test_who_is_not_named_in_full_needs_no_name_for_readers():
    nameless = make.reviewer(first_name="")
    before = public_identity.gaps_of_people([nameless])

    profile_setting.choose_byline(nameless, printed=NamePrinted.ROLE)

    assert before
    assert public_identity.gaps_of_people([nameless]) == []
