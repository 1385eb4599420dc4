import json

import pytest
from trafilatura.utils import load_html

from sources.formats import html, live_blog

URL = "https://breval.example/en-direct-crue"
TITLE = "En direct : la crue du Vaur heure par heure"
POSTS = [
    ("2026-11-25T11:40:00+01:00", "La préfecture annonce que le pont de Bréval est fermé à toute circulation."),
    ("2026-11-25T10:15:00+01:00", "Douze familles sont arrivées dans la salle des fêtes, indique la mairie."),
    ("2026-11-25T08:05:00+01:00", "Le Vaur est monté de quatre mètres en une seule nuit, selon le service des eaux."),
]


def page(posts=POSTS, said=""):
    items = "".join(
        f"<article class='post p{at[11:13]}'><time datetime='{at}'>{at[11:16]}</time><p>{text}</p></article>"
        for at, text in posts
    )
    return (
        f"<html lang=fr><head><title>{TITLE}</title>{said}</head><body><h1>{TITLE}</h1><div>{items}</div></body></html>"
    )


def declared(posts=POSTS):
    updates = [{"@type": "BlogPosting", "datePublished": at, "articleBody": text} for at, text in posts]
    told = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def parts(page):
    article = html.read(page.encode(), "text/html; charset=utf-8", URL)
    return [(part.kind, part.at, article.text[part.start : part.end]) for part in article.parts]


@pytest.mark.parametrize("said", ["", declared(), '<meta itemtype="https://schema.org/LiveBlogPosting">'])
def test_the_posts_of_a_live_blog_are_kept_with_their_times(said):
    assert parts(page(said=said)) == [("post", at, text) for at, text in POSTS]


def test_posts_that_only_the_json_ld_has_are_kept_too():
    found = parts(page(POSTS[:1], declared()))

    assert sorted(found) == sorted(("post", at, text) for at, text in POSTS)


def test_comments_below_an_article_are_no_posts():
    story = "".join(
        f"<p>{text} C’est ce que rapportent nos envoyés, numéro {n}.</p>" for n in range(9) for _, text in POSTS
    )

    article = html.read(page().replace("<div>", f"{story}<div>").encode(), "text/html; charset=utf-8", URL)

    assert [part for part in article.parts if part.kind == "post"] == []


def test_a_list_of_articles_with_their_times_is_no_live_blog():
    teaser = "<article><time datetime={0}></time><h2><a href=/{1}>Un autre sujet du jour</a></h2><p>{2}</p></article>"
    items = "".join(teaser.format(at, number, text) for number, (at, text) in enumerate(POSTS))
    tree = load_html(f"<html><body><h1>Toutes les nouvelles</h1>{items}</body></html>")

    assert live_blog.posts_in(tree, dict.fromkeys(tree.iter("article"), 100) | {tree: 300}, declared=False) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-25T08:05:00Z", "2026-11-25T08:05:00+00:00"),
        ("2026-11-25T08:05:00", ""),
        ("2026-11-25", ""),
        ("il y a 5 minutes", ""),
    ],
)
def test_a_time_without_a_zone_is_none(text, expected):
    assert live_blog.moment(text) == expected


def test_broken_json_ld_does_no_harm():
    said = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "liveBlogUpdate": [</script>'

    assert live_blog.told(load_html(page(said=said))) == []
