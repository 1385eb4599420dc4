from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.formats import sitemaps

NOW = "https://breval.example/news.xml"
FILES = Path(__file__).parent / "feed_files"
PICTURE = "<image:image><image:loc>https://x.example/i.jpg</image:loc><image:title>2019</image:title></image:image>"
NEWS = (
    "<{0}:news><{0}:publication><{0}:name>B</{0}:name><{0}:language>fr</{0}:language></{0}:publication>"
    "<{0}:publication_date>2026-11-25</{0}:publication_date><{0}:title>Crue</{0}:title></{0}:news>"
)


def test_a_news_sitemap_is_read_inside_its_news_and_not_in_pictures_and_videos_before_it():
    found = sitemaps.read_xml((FILES / "F11-sitemap-image-video-before-news.xml").read_bytes(), NOW)

    (entry,) = found.entries
    assert (entry.title, entry.language) == ("Crue du Vaur : trois communes évacuées", "fr")
    assert entry.published == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "markup",
    [
        "<urlset xmlns:news='n'><url>{picture}<loc>/1</loc>{news}</url></urlset>",
        "<urlset><url>{picture}<loc>/1</loc>{news}</url></urlset>",
        "<s:urlset xmlns:s='a' xmlns:news='n'><s:url>{picture}<s:loc>/1</s:loc>{news}</s:url></s:urlset>",
        "<urlset xmlns='a' xmlns:news='n' xmlns:image='i'><url>{news}{picture}<loc><![CDATA[/1]]></loc></url></urlset>",
    ],
)
@pytest.mark.parametrize("prefix", ["news", "n"])
def test_prefixes_and_namespaces_may_be_any(markup, prefix):
    body = markup.format(picture=PICTURE, news=NEWS.format(prefix)).replace("xmlns:news", f"xmlns:{prefix}")

    (entry,) = sitemaps.read_xml(body.encode(), NOW).entries

    assert (entry.url, entry.title, entry.published) == (
        "https://breval.example/1",
        "Crue",
        datetime(2026, 11, 25, tzinfo=UTC),
    )


def test_news_without_an_element_around_them_are_known_by_their_prefix():
    body = f"<urlset><url>{PICTURE}<loc>/1</loc><news:title>Crue</news:title></url></urlset>"

    found = sitemaps.read_xml(body.encode(), NOW)

    assert (found.kind, found.entries[0].title) == ("news_sitemap", "Crue")


def test_the_address_of_a_picture_is_never_that_of_an_article():
    found = sitemaps.read_xml(f"<urlset><url>{PICTURE}</url></urlset>".encode(), NOW)

    assert [entry.url for entry in found.entries] == [""]


def test_an_index_is_read_whatever_stands_between_its_addresses():
    body = "<sitemapindex><sitemap><x:note>1</x:note><lastmod>2026</lastmod><loc>/a.xml</loc></sitemap></sitemapindex>"

    assert sitemaps.read_xml(body.encode(), NOW).children == ["https://breval.example/a.xml"]
