from functools import partial

import pytest
from django.db import InternalError, ProgrammingError, transaction

from sources.gathering import searching
from sources.models import Search
from tests import databases, make
from workbench.desk import amounts
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


def run(search):
    drain(Search.objects.filter(pk=search.pk), searching.run)
    search.refresh_from_db()
    return search


def test_a_search_finds_documents_by_the_stems_of_its_language():
    found = make.passage("Les villages ont été repris dans la nuit.", language="fr")
    make.passage("Le festival commence demain soir.", language="fr")

    search = run(make.search("village", language="fr"))

    assert [hit.document for hit in search.hits.all()] == [found.reading.capture.document]
    assert (search.found, search.searched_through) == (1, 2)


def test_a_search_without_a_language_finds_a_name_in_every_one():
    make.passage("Harmesk kavşağında pusu kuruldu.", language="tr")
    make.passage("L’embuscade de Harmesk a fait deux morts.", language="fr")

    search = run(make.search("harmesk", language=""))

    assert search.found == 2


def test_a_search_that_finds_nothing_says_through_how_much_it_looked():
    make.passage()

    search = run(make.search("introuvable", language="fr"))

    assert (search.found, search.searched_through) == (0, 1)
    assert list(Search.objects.empty()) == [search]


def test_an_answer_is_added_to_and_never_taken_away():
    make.passage("The bridge was closed.", language="en")
    search = run(make.search("bridge", language="en"))
    make.passage("Another bridge was closed.", language="en")

    search.ask()
    run(search)

    assert search.found == 2
    assert [hit.rank for hit in search.hits.all()] == [1, 2]


def test_that_nothing_was_found_at_first_stays_an_answer():
    make.passage("The bridge was closed.", language="en")
    search = run(make.search("tunnel", language="en"))
    make.passage("A tunnel was closed.", language="en")

    for _again in range(2):
        search.ask()
        run(search)

    told = list(search.answers.values_list("found", "searched_through"))
    assert told == [(0, 1), (1, 2)]  # what found no more than the time before is not kept
    assert search.answers.get(found=1).answered_at < search.answered_at


@pytest.mark.parametrize("change", [lambda rows: rows.update(found=9), lambda rows: rows.delete()])
def test_the_database_keeps_an_answer_as_it_was_given(change):
    search = run(make.search("introuvable", language="fr"))

    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        change(search.answers.all())

    assert search.answers.get().found == 0


def test_how_many_documents_were_searched_may_be_an_estimate(monkeypatch):
    make.passage()
    make.passage()
    with databases.unbound() as cursor:
        cursor.execute("ANALYZE sources_document, sources_capture, sources_reading")
    monkeypatch.setattr(searching, "estimated", partial(amounts.estimated, most=1))

    search = run(make.search("introuvable", language="fr"))

    assert str(search.searched_amount) == "about 2"


def test_an_answer_waits_for_documents_that_are_being_fetched():
    make.document()

    assert run(make.search("bridge")).answered_at is None


@pytest.mark.parametrize("words", ["'; DROP TABLE x; --", "a & | ! ( ) :*", "…", "إرهابيين", "\u202e\u200f", "x" * 400])
def test_any_words_can_be_searched_for(words):
    search = run(make.search(words, language=""))

    assert search.trouble == ""
    assert search.found == 0
