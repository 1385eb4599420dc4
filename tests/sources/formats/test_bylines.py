"""Who wrote an article: names as pages write and show them."""

import pytest

from sources.formats.metadata import told
from sources.formats.page_tree import tree_of

URL = "https://paper.example/world/river"
HEADLINE = "Oversvømmelse i Vaur: tre byer evakueret"
NEWS = "<p>Præfekturet i Vaur har evakueret tre byer, efter at floden om natten steg til over fire meter i Breval.</p>"


def byline(body="", head="", language="en"):
    html = f'<html lang="{language}"><head><title>{HEADLINE}</title>{head}</head><body><nav><a href="/s">Local News</a>'
    return told(
        tree_of(f"{html}</nav><article><h1>{HEADLINE}</h1>{body}{NEWS * 3}</article></body></html>"), URL
    ).byline


def of_node(author):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}", {author}}}</script>'


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"author": {"givenName": "Birgit", "familyName": "Baumann"}', "Birgit Baumann"),
        ('"author": [{"name": "Oliver Maksan (oma)"}, {"name": "Corina Gall (cog.)"}]', "Oliver Maksan, Corina Gall"),
        ('"author": {"name": "Jane Doe (AFP)"}', "Jane Doe (AFP)"),
        ('"author": {"name": "BR24 Redaktion"}', "BR24 Redaktion"),
    ],
)
def test_a_name_is_read_as_publishers_write_it_for_machines(author, names):
    assert byline(head=of_node(author)) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("da", "Trine Jensen og Nivi Olsen", "Trine Jensen, Nivi Olsen"),
        ("lt", "Jonas Petraitis ir Ona Kazlauskas", "Jonas Petraitis, Ona Kazlauskas"),
        ("pl", "Jan Nowak i Anna Kowalska", "Jan Nowak, Anna Kowalska"),
        ("en", "Trine Jensen og Nivi Olsen", "Trine Jensen og Nivi Olsen"),
    ],
)
def test_two_names_are_told_apart_by_what_the_language_of_the_page_says_for_and(language, text, names):
    assert byline(head=of_node(f'"author": "{text}"'), language=language) == names


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Paper"><meta name="author" content="Nivi Olsen">',
        '<meta name="articleauthor" content="Nivi Olsen">',
        '<meta name="author" content="Paper"><meta name="articleAuthor" content="Nivi Olsen">',
    ],
)
def test_of_several_meta_elements_a_person_counts_before_the_outlet(head):
    assert byline(head=f'<meta property="og:site_name" content="Paper">{head}') == "Nivi Olsen"


@pytest.mark.parametrize(
    ("body", "description", "name"),
    [
        ("<div><span>Sehernur Karsu |</span> <span>05.04.2025 - Update: 05.04.2025</span></div>", "", "Sehernur Karsu"),
        ("<div><span>Local News |</span> <span>05.04.2025</span></div>", "", ""),
        ("<div><span>Published on |</span> <span>05.04.2025</span></div>", "", ""),
        ("<p><strong>Mohloai Mpesi</strong></p>", "Mohloai Mpesi Præfekturet i Vaur har", "Mohloai Mpesi"),
        ("<p><strong>Mohloai Mpesi</strong></p>", "Mohloai Mpesi har evakueret tre byer", ""),
        ("<p><strong>Mohloai Mpesi</strong></p>", "", ""),
        ("<h2>Mohloai Mpesi</h2>", "Mohloai Mpesi Præfekturet i Vaur har", ""),
        ("<p>By TPN, in News, Portugal</p>", "", "TPN"),
    ],
)
def test_a_name_that_nothing_marks_is_the_authors_where_the_page_shows_it(body, description, name):
    assert byline(body, f'<meta property="og:description" content="{description}">') == name
