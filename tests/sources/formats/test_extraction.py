from pathlib import Path

import pytest
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from sources.formats import extraction, html
from sources.formats.page_text import PageText
from sources.formats.unreadable import Unreadable

URL = "https://breval.example/crue-du-vaur"
ARTICLES = Path(__file__).parent / "articles"
FIRST, LAST = "Three villages below Bréval", "slow but steady."
SENTENCES = [
    "The gauge at the old mill had failed twice this autumn, according to a report of the county.",
    "An engineer who signed that report said that a new gauge costs less than the sandbags of one night.",
    "The prefect rejects the charge and said that the alarm went out eleven minutes after the first call.",
    "Residents dispute this: in the record of calls the first mention of a siren is at half past midnight.",
    "The county will vote on Friday on an inquiry, whose results will be handed to another department.",
    "Until then, said the mayor, nobody should trust a figure that has not been measured by the office.",
]
TEASER = "<div class=card><h3><a href=/x{0}>Another matter, number {0}</a></h3><p>The council of the valley met on Friday {0} times about a matter that divides it, and will meet again.</p></div>"  # noqa: E501 -- markup


def article(name):
    return html.read((ARTICLES / name).read_bytes(), "text/html", URL)


def page(body, title="The gauge at the old mill"):
    return load_html(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


def chosen(body, title="The gauge at the old mill"):
    tree = page(body, title)
    return extraction.chosen(tree, URL, PageText(tree, title))


def paragraphs(sentences):
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


@pytest.mark.parametrize(
    "name", ["body-in-a-sidebar-grid.html", "rest-behind-read-more.html", "article-inside-aside.html"]
)
def test_an_article_is_read_whole_whatever_its_boxes_are_called(name):
    found = article(name)

    assert found.text.endswith(LAST)
    assert FIRST in found.text
    assert 2_831 <= len(found.text) <= 2_900
    assert found.share == 1.0
    assert "Skip to content" not in found.text


def test_the_teasers_beside_a_short_article_are_not_taken_for_it():
    found = article("teaser-and-rail.html")

    assert found.text.startswith("La préfecture du Vaur")
    assert "Autre sujet" not in found.text


@pytest.mark.parametrize("name", ["related", "sidebar", "hidden", "promo", "widget", "footer-content", "nav-body"])
def test_text_with_the_headline_is_kept_under_any_name(name):
    rest = f'<div class="{name}" id="{name}">{paragraphs(SENTENCES[2:])}</div>'
    body = f"<article><h1>The gauge at the old mill</h1><div>{paragraphs(SENTENCES[:2])}</div>{rest}</article>"

    found = chosen(body)

    assert [sentence for sentence in SENTENCES if sentence not in found.text] == []


@pytest.mark.parametrize("tag", ["aside", "form", "dialog"])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_article_in_a_margin_is_read_before_a_longer_rail_of_teasers(tag, is_first):
    story = f"<{tag} open><h1>The gauge at the old mill</h1>{paragraphs(SENTENCES)}</{tag}>"
    rail = "".join(TEASER.format(number) for number in range(14))

    found = chosen(story + rail if is_first else rail + story)

    assert found.text.splitlines() == SENTENCES
    assert found.evidence.share == 1.0


def test_comments_and_teasers_are_no_part_of_the_article():
    comments = "".join(
        f"<li class=comment><time datetime=2026-11-2{day}></time><p>I do not believe a word of it, day {day}.</p></li>"
        for day in range(6)
    )
    rail = "".join(TEASER.format(number) for number in range(12))
    text = paragraphs(SENTENCES[:3])

    found = chosen(f"<main><article><h1>The gauge at the old mill</h1>{text}</article>{rail}<ul>{comments}</ul></main>")

    assert found.text.splitlines()[-3:] == SENTENCES[:3]
    assert "Another matter" not in found.text
    assert "believe" not in found.text
    assert found.evidence.share == 1.0


@pytest.mark.parametrize("home", ["<div class=x>{}</div>", "{}"])
@pytest.mark.parametrize("names", ["Anasayfa Gündem Dünya Spor", "Home News World Sport", "Accueil Monde"])
def test_the_menu_above_an_article_in_one_block_is_no_part_of_it(home, names):
    menu = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in names.split())
    story = f"<h1>The gauge at the old mill</h1><div>{'<br><br>'.join(SENTENCES)}</div>"
    title = "<title>The gauge at the old mill</title>"

    found = html.read(f"{title}<body><ul>{menu}</ul>{home.format(story)}".encode(), "text/html", URL)

    assert found.text.splitlines() == SENTENCES


def test_a_link_in_the_text_of_an_article_is_kept_at_its_end():
    body = (
        f"<article><h1>The gauge at the old mill</h1>{paragraphs(SENTENCES)}<p><a href=/r>The report</a></p></article>"
    )
    tree = page(f"<ul><li><a href=/>Home</a></li></ul>{body}")

    found = PageText(tree, "The gauge at the old mill").without_menus(["- Home", *SENTENCES, "The report"])

    assert found == [*SENTENCES, "The report"]


def test_a_page_of_links_is_no_article():
    links = "".join(
        f"<li><a href=/{n}>A headline of the day that leads to another page {n}</a></li>" for n in range(30)
    )

    with pytest.raises(Unreadable) as refusal:
        html.read(f"<html><body><h1>Front page</h1><ul>{links}</ul></body></html>".encode(), "text/html", URL)

    assert refusal.value.outcome == "empty_extraction"


def test_a_page_in_no_doubt_is_read_by_the_fast_mode():
    body = f"<article><h1>The gauge at the old mill</h1>{paragraphs(SENTENCES)}</article>"

    fast = bare_extraction(page(body), url=URL, fast=True, include_comments=False)

    assert chosen(body).text == fast.text


def test_a_reading_that_lacks_most_sentences_says_how_many_it_has():
    tree = page(f"<article><h1>The gauge at the old mill</h1>{paragraphs(SENTENCES)}</article>")

    evidence = PageText(tree, "The gauge at the old mill").weigh("\n".join(SENTENCES[:2]))

    assert 0.2 < evidence.share < 0.45
    assert evidence.sentences > 0.8
