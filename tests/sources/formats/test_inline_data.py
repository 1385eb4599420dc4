from pathlib import Path

import pytest

from sources.formats import html, inline_data
from tests.effort import at_most

URL = "https://breval.example/crue-du-vaur"
PAGE = (Path(__file__).parent / "articles" / "inline-data.html").read_text(encoding="utf-8")
JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle"}</script>'


@pytest.mark.parametrize(
    "inline",
    [
        "<script>var a = '<p>no</p>'; // <!-- </script>",
        "<STYLE type=text/css>p { color: red }</STYLE >",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
        "<!-- <script> a comment with a tag that is never closed -->",
        "<!-->",
    ],
)
def test_inline_data_go_and_the_text_around_stays(inline):
    assert inline_data.dropped(f"<p>One.</p>{inline}<p>Two.</p>") == "<p>One.</p><p>Two.</p>"


@pytest.mark.parametrize(
    "kept", [JSON_LD, "<p>One.</p><svg>", "<p>5 <!-- 6</p>", "<scripture>x</scripture>", "<img src=/a.png>"]
)
def test_what_a_page_says_of_itself_and_what_never_ends_stays(kept):
    assert inline_data.dropped(kept) == kept


def test_a_data_address_is_emptied():
    page = f'<img src="data:image/png;base64,{"QUJD" * 100}" alt="A bridge"><a href="data:text/plain,short">x</a>'

    assert inline_data.dropped(page) == '<img src="data:," alt="A bridge"><a href="data:text/plain,short">x</a>'


@pytest.mark.parametrize(
    "piece", ["<script", "<script>", "<!--", "<svg >", "data:", "data:a,", "</script", "<svg></svg "]
)
def test_a_hostile_page_takes_time_in_proportion_to_its_size(piece):
    with at_most(20):
        inline_data.dropped(piece * (4_000_000 // len(piece)))


@pytest.mark.parametrize("letters", [2_100_000, 19_000_000])
def test_an_article_with_much_inline_data_is_read(letters):
    page = PAGE.replace("@@DATA@@", "x" * letters).encode()

    article = html.read(page, "text/html", URL)

    assert article.text.endswith("slow but steady.")
    assert len(article.text) == 2_831
    assert article.title == "Vaur floods: three villages emptied"
    assert article.published is not None


def test_a_page_with_more_markup_than_we_parse_is_read_in_part():
    paragraph = "<p>The gauge at the old mill had failed {} times this autumn, according to a report of the county.</p>"
    text = "".join(paragraph.format(number) for number in range(130_000))

    article = html.read(f"<html><title>Floods</title><h1>Floods in the valley</h1>{text}".encode(), "text/html", URL)

    assert article.share == pytest.approx(html.MOST_READ / len(text), rel=0.01)
    assert article.text.startswith("The gauge at the old mill had failed 0 times")
