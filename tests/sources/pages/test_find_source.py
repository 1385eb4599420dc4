import pytest

from sources.pages.find_source import SOURCES
from tests import make
from workbench.pages.find import MOST_OFFERED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        "arvel",
        "ARVÉL COUR",
        "صحيفه",
        "صَحِيفَة",
        "şahıfe",
        "sahife",
        "courier.ex",
        "  Courier   d’Arvel ",
        "courier d'arvel",
    ],
)
def test_a_source_is_found_by_any_name_in_any_script_or_by_its_domain(words):
    source = make.source("Arvel Courier")
    make.source_name(source, "صحيفة أرفيل")
    make.source_name(source, "Şahife")
    make.source_name(source, "Courier d’Arvel")
    make.source_domain(source, "courier.example")
    make.source("Another")

    assert SOURCES.matches(words).rows == [source]


def test_the_nearest_name_comes_first():
    held, begun, exact = make.source("The Arvel"), make.source("Arvel Courier"), make.source("Arvel")

    assert SOURCES.matches("arvel").rows == [exact, begun, held]


@pytest.mark.parametrize("words", ["", "  ", "\0", "ـ", "\u200b"])
def test_words_of_which_nothing_is_left_match_nothing(words):
    make.source()

    assert SOURCES.matches(words).rows == []


def test_a_source_with_many_names_is_offered_once():
    source = make.source("Arvel")
    for number in range(3):
        make.source_name(source, f"Arvel {number}")

    assert SOURCES.matches("arvel").rows == [source]


@pytest.mark.parametrize("number", [1, 30])
def test_a_search_is_two_queries_however_many_sources_there_are(number, django_assert_num_queries):
    for each in range(number):
        make.source_domain(make.source(f"Arvel {each}", language="ar"))

    with django_assert_num_queries(2):
        found = SOURCES.matches("arvel")
        offers = [SOURCES.offer(row) for row in found.rows]

    assert (len(offers), found.more) == (min(number, MOST_OFFERED), number > MOST_OFFERED)


def test_an_offer_says_what_tells_a_source_from_its_namesakes():
    assert SOURCES.offer(make.source("Arvel", kind="agency", language="fr")).detail == "News agency · French"
