"""A reader finds the article in every make of page, and never the line that says it is invented."""

import json
from email.utils import parsedate_to_datetime

import lxml.html
import pytest
import trafilatura

from workbench.sample.outlets import Served, catalog, outlets
from workbench.sample.pages import marker

READABLE = [article for article in catalog().values() if article.served in {Served.PAGE, Served.FORBIDDEN}]
OUTLETS = {outlet.slug: outlet for outlet in outlets()}


def key(article):
    return article.key


def page(press, article):
    return lxml.html.fromstring(press.read(article.outlet, article.path).body.decode(OUTLETS[article.outlet].charset))


@pytest.mark.parametrize("article", READABLE, ids=key)
def test_the_article_is_extracted_whole_and_alone(press, article):
    body = press.read(article.outlet, article.path).body

    extracted = trafilatura.bare_extraction(body, include_comments=False).text

    lines = [line for line in extracted.split("\n") if line and line != article.title]
    assert lines == list(article.paragraphs)


@pytest.mark.parametrize("article", READABLE, ids=key)
def test_title_and_day_can_be_read_from_the_page(press, article):
    answer = press.read(article.outlet, article.path)

    read = trafilatura.bare_extraction(answer.body, with_metadata=True)

    assert read.title == article.title
    assert read.date == parsedate_to_datetime(answer.headers["Last-Modified"]).date().isoformat()


@pytest.mark.parametrize("article", READABLE, ids=key)
def test_the_page_says_outside_its_article_that_it_is_invented(press, article):
    tree = page(press, article)

    marked = [node for node in tree.iter() if node.text == marker(article.language)]
    assert len(marked) == 2
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert marker(article.language) not in article.text


@pytest.mark.parametrize("article", READABLE, ids=key)
def test_the_page_says_its_language_and_direction(press, article):
    root = page(press, article).getroottree().getroot()

    assert (root.get("lang"), root.get("dir")) == (article.language, "rtl" if article.language == "ar" else "ltr")


@pytest.mark.parametrize("slug", OUTLETS)
def test_the_front_page_leads_to_every_article_and_to_the_feed(press, slug):
    tree = lxml.html.fromstring(press.read(slug, "/").body.decode(OUTLETS[slug].charset))

    links = set(tree.xpath("//main//a/@href"))
    assert links == {article.path for article in catalog().values() if article.outlet == slug}
    assert tree.xpath("//link[@rel='alternate']/@href") == [OUTLETS[slug].feed]


def test_the_wire_describes_its_dispatch_as_a_news_article(press):
    [script] = page(press, catalog()["lantern-dispatch"]).xpath("//script[@type='application/ld+json']/text()")

    facts = json.loads(script)

    assert facts["@type"] == "NewsArticle"
    assert facts["author"] == [{"@type": "Organization", "name": "Lantern Wire staff"}]
    assert facts["datePublished"].endswith("+00:00")


def test_a_portal_wraps_its_description_in_a_graph(press):
    [script] = page(press, catalog()["sada-toll"]).xpath("//script[@type='application/ld+json']/text()")

    [facts] = json.loads(script)["@graph"]

    assert facts["headline"] == catalog()["sada-toll"].title


def test_turkish_arrives_whole_from_a_site_that_is_not_in_unicode(press):
    article = catalog()["vadi-toll"]

    answer = press.read(article.outlet, article.path)

    assert answer.headers["Content-Type"] == "text/html; charset=windows-1254"
    assert "Tirvan’daki hava saldırısında 12 sivil hayatını kaybetti" in answer.body.decode("windows-1254")


def test_the_arabic_site_says_its_charset_in_the_page_only(press):
    article = catalog()["sada-translation"]

    answer = press.read(article.outlet, article.path)

    assert answer.headers["Content-Type"] == "text/html"
    assert article.title in answer.body.decode("utf-8")
