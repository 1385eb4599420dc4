from urllib.parse import urlsplit

import pytest

from sources.capturing.soft_404 import Seen, is_doubtful, is_like, made_up
from sources.formats.page_look import Look, says_not_found

ASKED = "https://outlet.example/world/2024/general-killed.html"
BOILERPLATE = "The Outlet is published by a cooperative of its readers in the port of Arvel since 1911."
SORRY = Look(
    title="The Outlet – nothing here",
    blocks=("Sorry, the page /world/2024/1f-2e.html that you asked for is not here any more.", BOILERPLATE),
)
MISSING = Seen("https://outlet.example/world/2024/1f-2e.html", SORRY)
ARTICLE = Look(
    title="General killed near Miraden – The Outlet",
    blocks=("Brigadier General Velash was killed on Wednesday in an ambush at the crossroads of Harmesk.", BOILERPLATE),
)


def test_an_address_is_made_up_beside_the_one_that_is_asked_for():
    one, other = made_up(ASKED), made_up(ASKED)

    assert one != other
    assert one.startswith("https://outlet.example/world/2024/")
    assert urlsplit(one).path.endswith(".html")


def test_the_page_for_addresses_that_do_not_exist_is_known_again():
    again = Look(
        title="The Outlet – nothing here",
        blocks=("Sorry, the page /world/2024/general.html that you asked for is not here any more.", BOILERPLATE),
    )

    assert is_like(Seen(ASKED, again), MISSING)


def test_an_article_on_the_same_host_is_not_taken_for_it_however_short():
    assert not is_like(Seen(ASKED, ARTICLE), MISSING)


def test_two_addresses_that_lead_to_the_same_place_stand_for_the_same_page():
    front = "https://outlet.example/"

    assert is_like(Seen(front, Look(blocks=("One.",))), Seen(front, Look(blocks=("Quite another text.",))))


@pytest.mark.parametrize(
    ("final", "look", "doubtful"),
    [
        (ASKED, Look(blocks=("w" * 3000,)), False),
        (ASKED, Look(blocks=("w" * 300,)), True),
        ("https://outlet.example/", Look(blocks=("w" * 3000,)), True),
        (ASKED, Look(canonical_url="https://outlet.example/", blocks=("w" * 3000,)), True),
        (ASKED, Look(canonical_url=ASKED, blocks=("w" * 3000,)), False),
    ],
)
def test_a_page_is_doubtful_that_says_little_or_lies_elsewhere(final, look, doubtful):
    assert is_doubtful(ASKED, Seen(final, look)) == doubtful


@pytest.mark.parametrize(
    "words",
    [
        "Sorry, this page could not be found.",
        "Erreur 404",
        "L’article demandé n’existe plus",
        "Aradığınız sayfa bulunamadı",
        "عذرا، الصفحة التي طلبتها غير موجودة",
    ],
)
def test_a_page_says_that_it_is_missing_in_four_languages(words):
    assert says_not_found(Look(title=words))
    assert not says_not_found(Look(title=words, blocks=("w" * 600,)))


def test_an_article_does_not_say_that_it_is_missing():
    assert not says_not_found(ARTICLE)
