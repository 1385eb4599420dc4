"""Which of the titles on a page is that of its article."""

import pytest

from sources.formats.metadata import told
from sources.formats.page_tree import tree_of

NODE = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"}</script>'
LINK = '<meta property="og:title" content="%s">'


def title(heading, headline, link):
    head = f"<title>{headline} | Paper</title>{NODE % headline}{LINK % link}"
    return told(
        tree_of(f"<html><head>{head}</head><body>{heading}<p>News.</p></body></html>"), "https://p.example/1"
    ).title


SAID = "Kollaps der Bank: Notenbank räumt Fehler ein"


@pytest.mark.parametrize(
    ("heading", "link", "found"),
    [
        ("<h2><span>Kollaps der Bank</span><span>Notenbank räumt Fehler ein</span></h2>", SAID, SAID),
        ("<h1><b>Kollaps der Bank</b><i> :</i> Notenbank räumt Fehler ein</h1>", SAID, SAID),
        ("<h1>Kollaps der Bank: Notenbank räumt schwere Fehler ein</h1>", SAID,
         "Kollaps der Bank: Notenbank räumt schwere Fehler ein"),
    ],
)  # fmt: skip
def test_a_heading_of_several_parts_gives_way_to_the_words_that_two_other_places_give(heading, link, found):
    assert title(heading, SAID, link) == found
