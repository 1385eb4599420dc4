"""Machines can read what the sample press offers them."""

import feedparser
import lxml.etree
import pytest

from sources.formats import robots
from workbench.sample.outlets import articles_of, outlets

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def slug(outlet):
    return outlet.slug


@pytest.mark.parametrize("outlet", outlets(), ids=slug)
def test_the_feed_lists_every_article_the_latest_first(press, outlet):
    feed = feedparser.parse(press.read(outlet.slug, outlet.feed).body)

    assert feed.version == {"rss": "rss20", "atom": "atom10"}[outlet.feed_make]
    assert feed.bozo is False
    base = press.addresses[outlet.slug]
    published = articles_of(outlet.slug)
    assert [entry.link for entry in feed.entries] == [base + article.path for article in published]
    assert [entry.title for entry in feed.entries] == [article.title for article in published]


@pytest.mark.parametrize("outlet", outlets(), ids=slug)
def test_entries_carry_date_author_and_summary(press, outlet):
    feed = feedparser.parse(press.read(outlet.slug, outlet.feed).body)

    dates = [entry.published_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)
    assert [(e.author, e.summary) for e in feed.entries] == [(a.byline, a.summary) for a in articles_of(outlet.slug)]


def test_both_makes_of_feed_are_offered():
    assert {outlet.feed_make for outlet in outlets()} == {"rss", "atom"}


@pytest.mark.parametrize("outlet", outlets(), ids=slug)
def test_the_news_sitemap_names_article_language_and_title(press, outlet):
    tree = lxml.etree.fromstring(press.read(outlet.slug, "/sitemap-news.xml").body)

    base = press.addresses[outlet.slug]
    published = articles_of(outlet.slug)
    assert [node.text for node in tree.iter(f"{MAPS}loc")] == [base + article.path for article in published]
    assert [node.text for node in tree.iter(f"{NEWS}title")] == [article.title for article in published]
    assert [node.text for node in tree.iter(f"{NEWS}language")] == [article.language for article in published]


@pytest.mark.parametrize("outlet", outlets(), ids=slug)
def test_robots_txt_leads_to_the_sitemap(press, outlet):
    rules = robots.parse(press.read(outlet.slug, "/robots.txt").body)

    assert rules.sitemaps == [f"{press.addresses[outlet.slug]}/sitemap-news.xml"]


def test_only_the_wire_closes_a_part_of_its_site(press):
    closed = {
        outlet.slug
        for outlet in outlets()
        if not robots.parse(press.read(outlet.slug, "/robots.txt").body).allows("/private/x", "any")
    }

    assert closed == {"lantern-wire"}


def test_one_outlet_asks_for_a_pause_between_requests(press):
    rules = robots.parse(press.read("courrier-estran", "/robots.txt").body)

    assert rules.delay("any") == 1
