"""Find the sentences of a page and where they stand: with its headline, or in boxes of their own (teasers, comments).

This is the evidence by which readings of a page are compared. It asks no list of class names: a name says what a
designer thought of, and the text of an article stands in boxes with every name there is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from sources.formats import headline as headlines
from sources.formats import live_blog
from sources.formats.page_boxes import is_notice
from sources.formats.page_tree import HEADINGS, INLINE

LONG = 40  # characters of a stretch of text; shorter ones are buttons, captions, names
STRETCHES = etree.XPath(f"//text()[string-length(normalize-space(.)) >= {LONG}]")
BELOW = etree.XPath(f"following::text()[string-length(normalize-space(.)) >= {LONG}]")
SHORTEST_HEADLINE = 15  # characters without spaces; a shorter heading is that of a section
SENTENCE = re.compile(r"[.!?…。！？؟۔।]")
WORD = re.compile(r"\w+")
SOFT_HYPHEN = "\u00ad"
SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060]+")  # soft hyphens and marks that have no width are none either

UNSEEN = {
    *("button", "head", "iframe", "noscript", "object", "option", "script", "select", "style", "svg", "template"),
    *("textarea", "title"),
}
ASIDE = {"aside", "dialog", "fieldset", "figure", "footer", "form", "menu", "nav"}
PARAGRAPHS = {"blockquote", "dd", "dt", "li", "p", "pre", "td", "th", *HEADINGS}
ITEMS = {"article", "div", "li", "section", "tr"}
COMMENTS = re.compile(r"comment|disqus", re.IGNORECASE)  # the one name that the makers of page systems agree on
MOST_TEASER = 500  # characters below the heading of a teaser
MOST_FORM = 800  # characters of a box in which one signs up for something
MOST_NOTICE = 2_000  # characters of a box in which a site speaks for itself; a longer one may have the article
LEAST_RUN = 0.34  # of the longest run of a page: with a shorter one the article has not begun


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text on a page, between two tags: its words, the same without spaces, and its block element."""

    words: str
    key: str
    block: HtmlElement
    is_link: bool

    @property
    def is_sentence(self) -> bool:
        """Return whether it can be part of an article: a sentence, or most of one, outside links."""
        return not self.is_link and SENTENCE.search(self.words) is not None


@dataclass(frozen=True)
class PageEvidence:
    """How a reading compares with its page: shares of the article's sentences it has, and of itself."""

    share: float  # of the sentences that stand with the headline
    lacks: int  # words of these sentences
    sentences: float  # the share of the reading that is these sentences


def squeezed(text: str) -> str:
    """Return a text without white space, in which it does not matter how a page or a reader broke its lines."""
    return SPACE.sub("", text)


def _shingles(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    """Return how often each run of three words is in some texts. This takes time in proportion to their length."""
    found: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        words = WORD.findall(text.replace(SOFT_HYPHEN, ""))
        found.update(zip(words, words[1:], words[2:], strict=False))
    return found


class PageText:
    """The sentences of a page, sorted into those of its article and others. It does not change the tree."""

    def __init__(self, tree: HtmlElement, title: str) -> None:
        self._tree = tree
        self._boxes: dict[HtmlElement, bool] = {}
        self._unseen: dict[HtmlElement, bool] = {}
        self._below: dict[HtmlElement, bool] = {}
        self.stretches = list(self._stretches(_texts(STRETCHES, tree)))
        self._mass = _mass(self.stretches)
        is_declared = live_blog.is_declared(tree)
        self.posts = live_blog.posts_in(tree, self._mass, declared=is_declared)
        self.is_live = is_declared or bool(self.posts)
        self.headline = headline(tree, title)
        self._above = set(_upward(self.headline))
        self.container = self._container()
        self._above.update(_upward(self.container))
        self._boxes.clear()  # what holds the article is no box, whatever it is called

    @cached_property
    def article(self) -> list[Stretch]:
        """Return the sentences that stand with the headline, in the order of the page."""
        inside = [one for one in self.stretches if one.is_sentence and self._is_inside(one)]
        return _in_runs(inside)

    def weigh(self, reading: str) -> PageEvidence:
        """Return how a reading compares with the page."""
        given = _shingles([reading])
        wanted = _shingles(one.words for one in self.article)
        has, total = (wanted & given).total(), wanted.total()
        return PageEvidence(has / (total or 1), total - has, has / (given.total() or 1))

    def leads_elsewhere(self, reading: str) -> float:
        """Return the share of a reading, by lines, that is whole links or teasers of other articles: all of a menu."""
        away = {squeezed("".join(link.itertext())) for link in self._tree.iter("a")}
        away |= {one.key for one in self.stretches if not self._is_below(one.block) and self._is_in_teaser(one.block)}
        lines = [squeezed(line).lstrip("-•") for line in reading.splitlines()]
        return sum(len(line) for line in lines if line in away) / (sum(map(len, lines)) or 1)

    def without_menus(self, lines: list[str]) -> list[str]:
        """Return the lines of a reading without those at its ends that are whole links above or outside the article."""
        links: set[str] = set()
        is_above = self.headline is not None
        for element in self._tree.iter(etree.Element):
            is_above = is_above and element is not self.headline
            if element.tag == "a" and element not in self._above and (is_above or not self._is_below(element)):
                links.add(squeezed("".join(element.itertext())))
        kept = [at for at, line in enumerate(lines) if squeezed(line).lstrip("-•") not in links]
        return lines[kept[0] : kept[-1] + 1] if kept else lines

    def own_reading(self) -> str:
        """Return the paragraphs of the article as they stand on the page, one a line, subheadings among them."""
        blocks = {one.block for one in self.article}
        homes = {block.getparent() for block in blocks if block.tag in PARAGRAPHS}
        found: dict[str, str] = {}
        taken: set[HtmlElement] = set()
        for element in self.container.iter(etree.Element):
            if element is self.headline or element.tag in INLINE:
                continue
            is_paragraph = element in blocks or (element.getparent() in homes and element.tag in PARAGRAPHS)
            if not is_paragraph or element.getparent() in taken or self.is_boxed(element):
                continue
            words = " ".join(_own_words(element, blocks).split())
            if words and (element in blocks or not _is_linked(element)):
                found.setdefault(squeezed(words), words)
        return "\n".join(found.values())

    def is_boxed(self, element: HtmlElement | None) -> bool:
        """Return whether an element stands in a box of its own. What holds the headline is none."""
        if element is None or element.tag in {"body", "html"}:
            return False
        if element not in self._boxes:
            is_own = element not in self._above and self._is_box(element)
            self._boxes[element] = is_own or self.is_boxed(element.getparent())
        return self._boxes[element]

    def _is_inside(self, one: Stretch) -> bool:
        return self._is_below(one.block) and not self.is_boxed(one.block)

    def _is_below(self, element: HtmlElement | None) -> bool:
        """Return whether an element stands in the container; it asks each element above once."""
        if element is None or element is self.container:
            return element is not None
        if element not in self._below:
            self._below[element] = self._is_below(element.getparent())
        return self._below[element]

    def _is_in_teaser(self, block: HtmlElement) -> bool:
        boxes = (above for above in _upward(block) if above.tag in ITEMS and above not in self._above)
        return any(_is_teaser(box) for box in boxes)

    def _is_box(self, element: HtmlElement) -> bool:
        if 2 * self._mass[element] > self._mass[self._tree]:
            return False  # most of the page stands in it
        if element.tag in ASIDE or COMMENTS.search(f"{element.get('id')} {element.get('class')}"):
            return True
        if element.tag not in ITEMS or self.is_live:
            return False
        return _is_teaser(element) or _is_form(element) or _has_time_of_its_own(element)

    def above_article(self) -> Iterator[HtmlElement]:
        """Yield the blocks between the headline and the first sentence of the article, boxes left out."""
        keys = {one.key for one in self.article}
        for one in self._stretches(_texts(BELOW, self.headline)) if self.headline is not None else ():
            if one.key in keys:
                return
            if not one.is_link and self._is_inside(one):
                yield one.block

    def is_set_off(self, key: str) -> bool:
        """Return whether one of the first paragraphs, given without spaces, is printed in bold or as a heading."""
        blocks = [one.block for one in self.article[:3]]
        own = next((block for block in blocks if squeezed(block.text_content()) == key), None)
        if own is None:
            return False
        return own.tag in HEADINGS or any(squeezed(each.text_content()) == key for each in own.iter("b", "strong"))

    def _stretches(self, texts: Iterable[Any]) -> Iterator[Stretch]:
        for text in texts:
            parent = text.getparent()
            start = parent.getparent() if text.is_tail and parent is not None else parent
            block, is_link = _block(start)
            if block is not None and not self._is_unseen(block):
                words = " ".join(text.split())
                yield Stretch(words, squeezed(words), block, is_link)

    def _is_unseen(self, element: HtmlElement | None) -> bool:
        if element is None:
            return False
        if element not in self._unseen:
            self._unseen[element] = element.tag in UNSEEN or self._is_unseen(element.getparent())
        return self._unseen[element]

    def _container(self) -> HtmlElement:
        """Return the element with the headline and the article: the smallest one that has a long run of sentences."""
        whole = self._tree.find("body") if self._tree.find("body") is not None else self._tree
        runs = _runs([one for one in self.stretches if one.is_sentence and not self.is_boxed(one.block)])
        if not runs:
            return whole
        home, longest = runs.most_common(1)[0]
        if self.headline is None:
            self._above = set(_upward(home))
            return next((above for above in _upward(home) if above.tag in {"article", "main"}), whole)
        long = [set(_upward(run)) for run, size in runs.items() if size >= LEAST_RUN * longest]
        return next((above for above in _upward(self.headline) if any(above in line for line in long)), whole)


def without_notices(tree: HtmlElement, title: str) -> HtmlElement:
    """Return a page without its dialogs and questions of consent; it is a copy where it has any.

    What holds the headline is none of them, nor is what holds most of the text.
    """
    if not _notices(tree, title):
        return tree
    copy = deepcopy(tree)
    for element in _notices(copy, title):
        element.drop_tree()
    return copy


def _notices(tree: HtmlElement, title: str) -> list[HtmlElement]:
    above = set(_upward(headline(tree, title)))
    named = (each for each in tree.iter(etree.Element) if is_notice(each) and each not in above)
    found = [each for each in named if each.tag not in {"html", "body", "main", "article"}]
    whole = len(squeezed(tree.text_content())) if found else 0
    sizes = ((each, len(squeezed(each.text_content()))) for each in found)
    return [each for each, size in sizes if 2 * size <= whole or (above and size <= MOST_NOTICE)]


def headline(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading of a page as its metadata are read by it, if it is no name of a section."""
    heading = headlines.headline(tree, [title] if title else [])
    return heading if heading is not None and len(squeezed(heading.text_content())) >= SHORTEST_HEADLINE else None


def _mass(stretches: Iterable[Stretch]) -> Counter[HtmlElement]:
    """Return how many characters of sentences stand in each element of a page."""
    blocks: Counter[HtmlElement] = Counter()
    for one in stretches:
        if one.is_sentence:
            blocks[one.block] += len(one.key)
    parents: Counter[HtmlElement] = Counter()
    for block, size in blocks.items():
        parents[block.getparent()] += size
    mass = Counter(blocks)
    for parent, size in parents.items():
        for above in _upward(parent):
            mass[above] += size
    return mass


def _runs(stretches: list[Stretch]) -> Counter[HtmlElement]:
    """Return the elements among whose children sentences stand, with their size.

    Where each paragraph has a box of its own, the boxes are children of one element and are all of one kind.
    """
    paragraphs = Counter(_home(block) for block in {one.block for one in stretches})
    alike = Counter((home.getparent(), _kind(home)) for home, number in paragraphs.items() if number == 1)
    runs: Counter[HtmlElement] = Counter()
    for one in stretches:
        home = _home(one.block)
        is_one_of_many = paragraphs[home] == 1 and alike[home.getparent(), _kind(home)] > 1
        runs[home.getparent() if is_one_of_many else home] += len(one.key)
    return runs


def _in_runs(stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches that stand among others, or in boxes like those of the longest run: no single notices."""
    homes = Counter(_home(one.block) for one in stretches)
    sizes: Counter[tuple[str, str]] = Counter()
    for one in stretches:
        sizes[_kind(_home(one.block))] += len(one.key)
    main = sizes.most_common(1)[0][0] if sizes else ("", "")
    return [one for one in stretches if homes[_home(one.block)] > 1 or _kind(_home(one.block)) == main]


def _kind(element: HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _texts(path: etree.XPath, element: HtmlElement) -> list[Any]:
    """Return the texts that a path finds, each with its parent."""
    return cast("list[Any]", path(element))


def _upward(element: HtmlElement | None) -> list[HtmlElement]:
    return [] if element is None else [element, *element.iterancestors()]


def _block(element: HtmlElement | None) -> tuple[HtmlElement | None, bool]:
    """Return the block element around a text, and whether a link lies between or close above."""
    is_link = False
    while element is not None and element.tag in INLINE:
        is_link = is_link or element.tag == "a"
        element = element.getparent()
    above = _upward(element)[:4]
    return element, is_link or any(each.tag == "a" for each in above)


def _home(block: HtmlElement) -> HtmlElement:
    """Return the element whose children are the paragraphs among which a block stands."""
    parent = block.getparent()
    return parent if block.tag in PARAGRAPHS and parent is not None else block


def _own_words(element: HtmlElement, blocks: set[HtmlElement]) -> str:
    """Return the words of a paragraph without those of blocks inside it that are paragraphs themselves."""
    words = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in UNSEEN and child not in blocks:
            words.append("\n" if child.tag == "br" else _own_words(child, blocks))
        words.append(child.tail or "")
    return "".join(words)


def _first_name(element: HtmlElement) -> str:
    return (element.get("class") or "").strip().partition(" ")[0]


def _is_linked(element: HtmlElement) -> bool:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return 2 * linked >= len(element.text_content().strip())


def _is_teaser(element: HtmlElement) -> bool:
    """Return whether a box begins with a heading that leads elsewhere, and has little text below it."""
    heading = next(element.iter(*HEADINGS), None)
    if heading is None or not headlines.leads_elsewhere(heading):
        return False
    words, whole = squeezed(heading.text_content()), squeezed(element.text_content())
    return len(whole) < len(words) + MOST_TEASER and whole.find(words) < LONG


def _is_form(element: HtmlElement) -> bool:
    asks = next(element.iter("input", "textarea"), None) is not None
    return asks and len(squeezed(element.text_content())) < MOST_FORM


def _has_time_of_its_own(element: HtmlElement) -> bool:
    """Return whether an element is one of several of its kind that each tell a time: comments, or other articles."""
    parent = element.getparent()
    if parent is None or next(element.iter("time"), None) is None:
        return False
    kin = [child for child in parent.iterchildren(element.tag) if _first_name(child) == _first_name(element)]
    return sum(next(child.iter("time"), None) is not None for child in kin) > 1
