from datetime import timedelta

import pytest
from django.utils import timezone

from claims.evidence import gathering
from claims.intake import restricting
from claims.models import Claim
from claims.models.vocabulary import Status
from sources.models import Search
from sources.models.vocabulary import Engine
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

DAY = make.MONDAY.date()


def test_searches_are_put_in_the_language_of_every_wording_and_names_in_all():
    claim = make.claim("Des terroristes liés à l’Ostavie tenaient Harmesk.", language="fr")
    make.wording(claim, text="Ostavia-linked terrorists held Harmesk.", language="en")

    new = gathering.gather(claim)

    assert {search.language for search in new} == {"fr", "en", gathering.ANY_LANGUAGE}
    assert "harmesk" in new[0].words
    assert LogEntry.objects.get(verb="searched").actor is None


def test_searches_are_put_once():
    claim = make.claim()
    gathering.gather(claim)

    again = gathering.gather(claim)

    assert again == []


@pytest.mark.parametrize(("days", "new"), [({"since": DAY}, 1), ({"until": DAY}, 1), ({}, 0)], ids=str)
def test_only_a_search_of_all_time_stands_for_one_that_is_needed(days, new):
    claim, pattern = make.claim(), make.claim()
    needed = gathering.gather(pattern)
    for search in needed[1:]:
        gathering.put_search(claim, by=make.reporter(), words=search.words, language=search.language)
    gathering.put_search(claim, by=make.reporter(), words=needed[0].words, language=needed[0].language, **days)

    found = gathering.gather(claim)

    assert [search.words for search in found] == [needed[0].words] * new


def test_a_person_puts_a_search_in_words_of_their_own():
    claim = make.claim()

    search = gathering.put_search(claim, by=make.reporter(), words="  كمين   هرمسك ", language="ar")

    assert (search.words, search.language) == ("كمين هرمسك", "ar")
    assert list(claim.searches.all()) == [search]


@pytest.mark.parametrize(("words", "code"), [("", "empty"), ("   ", "empty"), ("\0", "empty"), ("x" * 401, "too_long")])
def test_what_cannot_be_searched_for_is_refused(words, code):
    with refused(code, "words"):
        gathering.put_search(make.claim(), by=make.reporter(), words=words)


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_no_search_is_put_for_a_closed_claim(status):
    claim = make.claim(status=status)

    with refused("closed"):
        gathering.put_search(claim, by=make.reporter(), words="Arvel")

    assert not claim.searches.exists()


def test_a_search_put_already_is_not_put_again():
    claim = make.claim()
    gathering.put_search(claim, by=make.reporter(), words="Arvel")

    with refused("already_run", "words"):
        gathering.put_search(claim, by=make.reporter(), words="Arvel ")


def test_a_viewer_puts_no_search():
    with pytest.raises(NotPermitted):
        gathering.put_search(make.claim(), by=make.viewer(), words="Arvel")


def test_progress_says_what_is_out():
    claim = make.claim()
    Claim.objects.filter(pk=claim.pk).update(due_at=timezone.now() + timedelta(minutes=1))
    claim.searches.add(make.search(), make.answered_search("Arvel"))
    make.document()
    make.due_reading()
    claim.refresh_from_db()

    progress = gathering.progress(claim)

    assert (progress.unanswered, progress.waiting.number, progress.unread.number, progress.working) == (1, 1, 1, True)
    assert len(progress.searches) == 2


@pytest.mark.parametrize("searches", [1, 30])
def test_progress_takes_as_many_queries_for_one_search_as_for_thirty(searches, django_assert_num_queries):
    claim = make.claim()
    claim.searches.add(*[make.search(f"Arvel {number}") for number in range(searches)])
    assert Search.objects.count() == searches

    with django_assert_num_queries(7):
        gathering.progress(claim)


def test_the_words_of_a_claim_that_only_named_people_see_go_to_no_provider():
    make.provider_setting(Engine.SEARXNG)
    reporter = make.reporter()
    claim = make.claim(logged_by=reporter)
    restricting.name(claim, reporter, by=reporter)

    new = gathering.gather(claim)

    assert {search.engine for search in new} == {Engine.GATHERED}
    with refused("restricted", field="engine"):
        gathering.put_search(claim, by=reporter, words="Arvel", engine=Engine.SEARXNG)
    assert {search.engine for search in gathering.gather(make.claim("The bridge of Arvel fell."))} > {Engine.GATHERED}
