import pytest
from lxml.html import document_fromstring

from sources.formats.article_facts import facts
from sources.formats.page_parts import PageParts

URL = "https://breval.example/crue-du-vaur"
TITLE = "Crue du Vaur : trois communes évacuées"
TEXT = "<p>La préfecture du Vaur a annoncé mercredi l’évacuation de trois communes.</p>"


def facts_of(node, heading=f"<h1>{TITLE}</h1>"):
    script = f'<script type="application/ld+json">{node}</script>'
    page = document_fromstring(f"<title>{TITLE}</title>{script}<body><div>{heading}{TEXT}</div></body>")
    return facts(PageParts(page, URL), URL)


@pytest.mark.parametrize(
    ("node", "length"),
    [
        ('{"@type": "NewsArticle", "headline": "Le préfet quitte ses fonctions", "wordCount": 400}', ""),
        ('{"@type": "NewsArticle", "url": "/le-prefet-quitte", "wordCount": 400}', ""),
        (
            """[{"@type": "NewsArticle", "url": "/crue-du-vaur", "headline": "Alerte", "wordCount": 400},
            {"@type": "NewsArticle", "url": "/le-prefet"}]""",
            "cut",
        ),
        ('{"@type": "NewsArticle", "wordCount": 400}', "cut"),
    ],
)
def test_the_object_of_the_article_is_the_same_one_as_for_its_metadata(node, length):
    assert facts_of(node).length == length
