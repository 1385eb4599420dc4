from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.refusing import refused
from workbench.desk import drafting
from workbench.desk.drafts import KEPT_FOR, Draft
from workbench.tasks import expire_drafts

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_every_field_as_it_was_sent():
    person = make.reviewer()

    drafting.keep(person, "/claims/1/review/", [("cited", "3"), ("cited", "5"), ("reasons", "Deux récits.\0")])

    data = Draft.objects.of(person).get().data
    assert (data.getlist("cited"), data["reasons"]) == (["3", "5"], "Deux récits.\0")


def test_there_is_one_draft_for_each_person_and_form():
    first, second = make.reviewer(), make.reviewer()

    for person, text in [(first, "a"), (second, "b"), (first, "c")]:
        drafting.keep(person, "/claims/1/review/", [("reasons", text)])

    assert [Draft.objects.of(person).get().data["reasons"] for person in (first, second)] == ["c", "b"]


def test_what_is_too_long_is_refused():
    with refused("too_long"):
        drafting.keep(make.reporter(), "/claims/log/", [("pasted", "x" * (drafting.LONGEST_DRAFT + 1))])


def test_the_oldest_drafts_of_a_person_make_room_and_those_of_others_stay(monkeypatch):
    monkeypatch.setattr(drafting, "MOST_DRAFTS", 2)
    person, other = make.reporter(), make.draft()

    for number in range(4):
        drafting.keep(person, f"/claims/{number}/wording/", [("text", "x")])

    assert [draft.path for draft in Draft.objects.of(person)] == ["/claims/3/wording/", "/claims/2/wording/"]
    assert Draft.objects.filter(pk=other.pk).exists()


def test_a_draft_expires_a_month_after_it_was_last_saved():
    person = make.reporter()
    old = make.draft(person, saved_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    young = make.draft(person, saved_at=timezone.now() - KEPT_FOR + timedelta(minutes=1))
    before = list(Draft.objects.of(person))

    expire_drafts()

    assert before == [young]
    assert not Draft.objects.filter(pk=old.pk).exists()
    assert Draft.objects.filter(pk=young.pk).exists()


def test_only_the_draft_of_one_form_is_discarded():
    person = make.reporter()
    gone, stays = make.draft(person), make.draft(person)

    drafting.discard(person, gone.path)

    assert list(Draft.objects.of(person)) == [stays]
