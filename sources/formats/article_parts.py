"""Tell the standfirst, the lead and the posts of a live blog in the text of an article.

What a page says of itself decides: its description is its standfirst or lead, and its posts have times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from sources.formats import live_blog, loose_paragraphs
from sources.formats.live_blog import Post
from sources.formats.page_text import LONG, PARAGRAPHS, SENTENCE, PageText, squeezed
from sources.formats.page_tree import HEADINGS
from sources.formats.text_parts import Part

STANDFIRST, LEAD, POST = "standfirst", "lead", "post"
NAMES = ("og:description", "description", "twitter:description")
SAME = 50  # characters without spaces: descriptions are cut short
TOP = 3  # paragraphs among which a standfirst or lead stands
MOST_LEAD = 1_000  # characters


def completed(lines: list[str], page: PageText, tree: HtmlElement) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the paragraphs of a text with the standfirst and posts that a reader dropped; kind and time of each."""
    lines = loose_paragraphs.completed(lines, page)
    described = [squeezed(each) for each in descriptions(tree)]
    standfirst = standfirst_of(page, described)
    text = squeezed("\n".join(lines))
    if standfirst and squeezed(standfirst) not in text:
        lines = [standfirst, *lines]
    posts = [live_blog.post(element) for element in page.posts]
    if page.is_live:
        said = live_blog.told(tree)
        lines = [*lines, *_missing(said, squeezed("\n".join(lines)))]
        posts = [*posts, *said]
    kinds = [*_top(lines[:TOP], squeezed(standfirst), described, page), *[("", "")] * len(lines[TOP:])]
    times = [(squeezed(post.text), post.at) for post in posts]
    return lines, [kind if kind[0] else _posted(line, times) for line, kind in zip(lines, kinds, strict=True)]


def parts(lines: Sequence[str], kinds: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """Return the parts of the text that these paragraphs make, joined by line breaks; a post runs over several."""
    found: list[Part] = []
    start = 0
    for line, (kind, at) in zip(lines, kinds, strict=True):
        end = start + len(line)
        last = found[-1] if found else None
        if kind == POST and last and (last.kind, last.at, last.end) == (POST, at, start - 1):
            found[-1] = Part(POST, last.start, end, at)
        elif kind:
            found.append(Part(kind, start, end, at))
        start = end + 1
    return tuple(found)


def standfirst_of(page: PageText, described: Sequence[str]) -> str:
    """Return the text between headline and article that describes the page, or follows the headline as its sibling."""
    homes = {one.block.getparent() for one in page.article}
    holders = {above for home in homes if home is not None for above in [home, *home.iterancestors()]}
    holders |= {one.block for one in page.article}
    for block in page.above_article():
        if block.getparent() in homes and block.tag in PARAGRAPHS and block.tag not in HEADINGS:
            return ""  # the first paragraph of the article itself
        if block in holders:
            continue  # loose text beside the article itself
        words = " ".join(block.text_content().split())
        is_next = page.headline is not None and block.getparent() is page.headline.getparent()
        if len(words) <= MOST_LEAD and (is_described(squeezed(words), described) or (is_next and _is_sentence(words))):
            return words
    return ""


def descriptions(tree: HtmlElement) -> Iterator[str]:
    """Yield how a page describes itself, in its meta elements."""
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or ""
        if name.strip().lower() in NAMES:
            yield element.get("content") or ""


def is_described(key: str, described: Sequence[str]) -> bool:
    """Return whether a text, without spaces, is how a page describes itself; descriptions may be cut short."""
    return any(len(each) >= LONG and (key[:SAME] in each or each[:SAME] in key) for each in described if key)


def _top(lines: Sequence[str], standfirst: str, described: Sequence[str], page: PageText) -> list[tuple[str, str]]:
    """Return the kinds of the first paragraphs of a text: at most one standfirst and one lead."""
    kinds = []
    seen: set[str] = set()
    for at, line in enumerate(lines):
        key = squeezed(line)
        kind = STANDFIRST if standfirst and key == standfirst else ""
        if not kind and len(line) <= MOST_LEAD and (is_described(key, described) or (not at and page.is_set_off(key))):
            kind = LEAD
        kind = "" if kind in seen else kind
        seen.add(kind)
        kinds.append((kind, ""))
    return kinds


def _is_sentence(words: str) -> bool:
    return len(words) >= LONG and SENTENCE.search(words) is not None


def _posted(line: str, times: Sequence[tuple[str, str]]) -> tuple[str, str]:
    key = squeezed(line)
    return next(((POST, at) for text, at in times if key in text), ("", ""))


def _missing(said: Sequence[Post], text: str) -> list[str]:
    lines = [line.strip() for post in said for line in post.text.splitlines()]
    return list(dict.fromkeys(line for line in lines if line and squeezed(line) not in text))
