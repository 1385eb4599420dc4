import pytest

from sources.models import Passage, full_text
from tests import databases, make

pytestmark = pytest.mark.django_db


def found(words, language=""):
    return [passage.exact for passage in Passage.objects.search(words, language).order_by("-rank", "pk")]


@pytest.fixture
def press():
    for number in range(12):
        make.passage(f"The minister said that the road was open, report {number}.", language="en")
    make.passage("The minister said that the bridge was closed.", language="en")
    make.passage("Le pont d’Arvel est fermé, dit la ministre.", language="fr")


@pytest.mark.usefixtures("press")
def test_a_rare_word_counts_for_more_than_common_ones():
    assert found("minister said bridge", "en")[0] == "The minister said that the bridge was closed."


@pytest.mark.usefixtures("press")
def test_where_words_are_rare_those_with_common_ones_alone_are_left_out(monkeypatch):
    monkeypatch.setattr(full_text, "COMMON", 10)

    assert found("minister bridge", "en") == ["The minister said that the bridge was closed."]
    assert len(found("minister said", "en")) == 13  # no word is rare: passages with two of them
    assert len(found("minister", "en")) == 13
    assert found("minister said bridge", "en")[0] == "The minister said that the bridge was closed."
    assert len(found("minister said bridge", "en")) == 13  # the rare word hides no passage with two others
    assert len(found("minister zebra road report", "en")) == 12


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize(("words", "number"), [("minister", 3), ("minister said", 3), ("minister said bridge", 4)])
def test_of_passages_with_common_words_alone_the_newest_are_ranked(words, number, monkeypatch):
    monkeypatch.setattr(full_text, "COMMON", 5)
    monkeypatch.setattr(full_text, "MOST_FOUND", 3)
    oldest = Passage.objects.order_by("pk")[0]
    make.passage("The minister said that the ferry was late.", language="en")
    monkeypatch.setattr(full_text, "ENOUGH", 5)

    everything = Passage.objects.search(words, "en")
    assert everything.count() <= number
    assert "ferry" in everything.order_by("-pk")[0].exact
    # What is chosen before the search is searched whole.
    assert list(Passage.objects.filter(pk=oldest.pk).search(words, "en")) == [oldest]


@pytest.mark.usefixtures("press")
def test_words_that_the_planner_knows_to_be_common_are_not_counted(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(full_text, "COMMON", 5)
    with databases.unbound() as cursor:
        cursor.execute("ANALYZE sources_passage")

    with django_assert_num_queries(3) as asked:  # the stems, the estimates, and a count of the rare word
        terms = full_text.terms_of("bridge minister", "en", "sources_passage")

    assert asked[2]["sql"].count("count(*)") == 1
    assert [(term.query, term.passages) for term in terms] == [("(('bridg'))", 1), ("(('minist'))", 13)]


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize("words", ["l’Arvel fermée", "ARVEL", "le pont", "fermer"])
def test_words_are_found_by_their_stems_without_accents(words):
    assert found(words, "fr") == ["Le pont d’Arvel est fermé, dit la ministre."]


@pytest.mark.usefixtures("press")
def test_a_long_search_in_all_languages_is_answered():
    words = " ".join(f"word{number}" for number in range(200)) + " bridge"

    assert found(words) == ["The minister said that the bridge was closed."]


@pytest.mark.parametrize("words", ["", " ", "the of and", "\0", "'", "a & | ! ( ) :*", "…", "\u202e", "💣", "''\\'"])
def test_words_that_say_nothing_find_nothing(words):
    make.passage("Another text altogether.", language="en")

    assert found(words, "en") == []
    assert found(words) == []
