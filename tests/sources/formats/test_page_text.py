import pytest
from trafilatura.utils import load_html

from sources.formats.page_text import PageText, headline, squeezed

TITLE = "Crue du Vaur : trois communes évacuées"
ONE = "La préfecture a annoncé mercredi l’évacuation de trois communes après la crue."
TWO = "Douze familles ont passé la nuit dans la salle des fêtes, a indiqué la mairie."


def tree(body):
    return load_html(f"<html><body>{body}</body></html>")


def words(page):
    return [one.words for one in page.article]


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><p>{TWO}</p><p>{ONE} Encore.</p></aside>",
        f"<form><p>{TWO}</p><p>{ONE} Encore.</p></form>",
        f"<div id=comments-12><p>{TWO}</p><p>{ONE} Encore.</p></div>",
        f"<div><h3><a href=/autre>Un autre sujet du jour</a></h3><p>{TWO}</p></div>",
        f"<div><p>{TWO}</p><p>Lettre.</p><input name=email></div>",
    ],
)
def test_a_box_of_its_own_is_no_part_of_the_article(box):
    page = PageText(tree(f"<article><h1>{TITLE}</h1><p>{ONE}</p><p>{ONE} Et puis.</p>{box}</article>"), TITLE)

    assert words(page) == [ONE, f"{ONE} Et puis."]


@pytest.mark.parametrize(
    "heading",
    ["Another subject of the day", "Un autre sujet du jour", "Günün bir başka konusu", "موضوع آخر من مواضيع اليوم"],
)
@pytest.mark.parametrize(("around", "is_teaser"), [("a", True), ("section", False)])
def test_a_box_whose_heading_stands_anywhere_in_a_link_is_a_teaser(heading, around, is_teaser):
    box = f"<div><{around} href=/autre><div><h3>{heading}</h3></div></{around}><p id=below>{TWO}</p></div>"

    whole = tree(f"<article><h1>{TITLE}</h1><p>{ONE}</p><p>{ONE} Et puis.</p>{box}</article>")

    assert PageText(whole, TITLE).is_boxed(whole.get_element_by_id("below")) == is_teaser


def test_what_holds_the_headline_is_no_box():
    page = PageText(tree(f"<aside><form><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p></form></aside><p>©</p>"), TITLE)

    assert words(page) == [ONE, TWO]


def test_text_away_from_the_headline_is_no_part_of_the_article():
    away = f"<div><p>{TWO} Ailleurs.</p></div>"

    page = PageText(tree(f"<div><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p></div>{away}"), TITLE)

    assert words(page) == [ONE, TWO]
    assert page.container.tag == "div"


def test_paragraphs_in_boxes_of_their_own_are_one_article():
    body = "".join(f"<div class=bloc><p>{text}</p></div>" for text in (ONE, TWO, f"{ONE} Fin."))

    page = PageText(tree(f"<main><header><h1>{TITLE}</h1></header><div>{body}</div></main>"), TITLE)

    assert words(page) == [ONE, TWO, f"{ONE} Fin."]


def test_the_own_reading_has_short_paragraphs_and_links_in_sentences_too():
    body = f"<p>{ONE} <a href=/a>Un lien</a> y mène.</p><p>Rien.</p><h2>La suite</h2><p>{TWO}</p><p><a>Partager</a></p>"

    page = PageText(tree(f"<article><h1>{TITLE}</h1>{body}</article>"), TITLE)

    assert page.own_reading().splitlines() == [f"{ONE} Un lien y mène.", "Rien.", "La suite", TWO]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (f"<h1>Le Courrier du matin</h1><h2>{TITLE}</h2>", TITLE),
        (f"<h1>{TITLE} | Le Courrier</h1>", f"{TITLE} | Le Courrier"),
        ("<h1>Une seule manchette, autre que le titre</h1>", "Une seule manchette, autre que le titre"),
        ("<h1>Monde</h1>", None),
        (f"<h3>Un autre sujet de la matinée</h3><aside><h1>{TITLE}</h1></aside>", TITLE),
        (f"<h1>Une autre manchette du jour</h1><aside><h3>{TITLE}</h3></aside>", "Une autre manchette du jour"),
        (
            f"<h1>Une autre manchette du jour</h1><aside><h1><a href=/x>{TITLE}</a></h1></aside>",
            "Une autre manchette du jour",
        ),
        (f"<h1>Une autre manchette du jour</h1><nav><h1>{TITLE}</h1></nav>", "Une autre manchette du jour"),
    ],
)
def test_the_headline_is_the_heading_that_says_what_the_title_says(headings, expected):
    found = headline(tree(headings), TITLE)

    assert (None if found is None else found.text_content()) == expected


def test_soft_hyphens_and_spaces_do_not_tell_texts_apart():
    assert squeezed("Be\u00adkämp\u200bfung \u00a0 des\nHungers") == "BekämpfungdesHungers"


@pytest.mark.parametrize("nested", ["div", "span", "b", "article"])
def test_a_deeply_nested_page_does_no_harm(nested):
    page = PageText(tree(f"<{nested}>" * 5_000 + f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>"), TITLE)

    page.own_reading()
    page.weigh(ONE)


def test_a_headline_of_a_page_in_other_words_than_its_title_is_one_for_its_metadata_and_its_text():
    page = tree(f"<h1>Après la crue du Vaur, trois communes évacuées</h1><h1>Le Courrier du matin</h1><p>{ONE}</p>")

    found = headline(page, TITLE)

    assert found is not None
    assert found.text.startswith("Après")
