"""Tell the parts of a page apart: its own text, boxes with a form or an offer, rails of other articles, and bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from sources.formats.page_boxes import (
    COMMENTS,
    CONSENT,
    LETTER,
    LOCK,
    MOST_IN_BOX,
    Block,
    Box,
    asks,
    controls,
    is_dialog,
    kind_of,
    names_of,
)
from sources.formats.page_tree import INLINE, text_of
from sources.formats.rails import rails, target
from sources.language.any_case import AnyCase

SHORTEST_BLOCK = 40  # characters; less is a label
SHORTEST_LINE = 10  # characters; less is a word or two
LEAST_UNLINKED = 0.5  # of a block; a line of links is a menu
NEARLY_ALL = 0.9
MOST_LINKS_OF_BARE = 3
MOST_BLOCKS_OF_BARE = 3
MUCH_MORE = 1.25  # times the text: then the column is wider
MOST_LEVELS = 4  # between a control and the words that it belongs to
MOST_ELEMENTS = 60_000

BARS = {"nav", "footer", "noscript", "template", "select", "svg", "details", "aside", "dialog"}
BAR_ROLES = {"navigation", "contentinfo", "search", "complementary", "banner", "menu", "toolbar"}
NEVER_A_BOX = {"html", "body", "main", "article", "button", "input", "a", "p", "h1", "h2", "span", "script"}
HEADLINES = ("h1", "h2")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "figcaption"}

_FOOT = AnyCase(r"footer|copyright|\blegal\b|site-info|masthead|breadcrumb|colophon")


class PageParts:
    """The parts of a parsed page."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        body = page.find(".//body")
        self.body = page if body is None else body
        self._elements = list(page.iter())  # kept: lxml makes a new object for an element once no name refers to it
        self.lines = [Block(text, element) for element, text in _texts(self.body)]
        self.every = [
            line for line in self.lines if len(line.text) >= SHORTEST_BLOCK and line.element.tag not in HEADINGS
        ]
        self._place: dict[Any, str] = {}
        self._boxes: dict[Any, Box] = {}
        self._rails = set(rails(self.body, url, self.headline))
        self._find_boxes()

    @cached_property
    def headline(self) -> Any:
        """The element with the first headline outside dialogs and bars; None where there is none."""
        for tag in HEADLINES:
            for element in self.body.iter(tag):
                if any(is_dialog(above) or above.tag in {"nav", "footer"} for above in element.iterancestors()):
                    continue
                if text_of(element):
                    return element
        return None

    @cached_property
    def boxes(self) -> list[Box]:
        """The boxes of the page, in their order."""
        return list(self._boxes.values())

    @cached_property
    def own(self) -> list[Block]:
        """The blocks outside bars, boxes and rails."""
        return [block for block in self.every if not self.place(block.element)]

    @cached_property
    def story(self) -> list[Block]:
        """The own blocks of the column with the most text: what a page says in its margins is not its article."""
        sizes = _sizes(self.own)
        parents = [block.element.getparent() for block in self.own]
        alone = {parent: sizes[parent] - _sizes_below(parent, sizes) for parent in dict.fromkeys(parents)}
        column = max(alone, key=lambda parent: alone[parent], default=None)
        for _level in range(MOST_LEVELS):
            above = None if column is None else column.getparent()
            if above is None or column is self.body or sizes[above] < MUCH_MORE * sizes[column]:
                break
            column = above
        return [block for block in self.own if column in (block.element, *block.element.iterancestors())]

    @cached_property
    def holder(self) -> Any:
        """The smallest element with the headline and the story; the body where there is none."""
        if not self.story:
            return self.body
        chain = list(self.story[0].element.iterancestors())
        return next((above for above in chain if self.holds_headline(above)), self.body)

    @cached_property
    def tail(self) -> list[Block]:
        """The lines behind the story that belong to it or close it: not those of bars, rails and comments."""
        behind = self._behind_story
        return [line for line in self.lines if line.element in behind and self.place(line.element) in {"", "box"}]

    @cached_property
    def is_asked_behind(self) -> bool:
        """Whether a button or field stands behind the story in the same element, with words or a name of its own."""
        found = [control for control in controls(self.holder) if control in self._behind_story]
        if self.ends_asking:
            return True
        return bool(found) and (bool(self.tail) or any(LOCK.is_in(names_of(each.getparent())) for each in found))

    @cached_property
    def ends_asking(self) -> bool:
        """Whether the last line of the story has an element of its own, with a button or field behind the line."""
        return any(control.getparent() in self._end for control in controls(self.holder)
                   if control in self._behind_story)  # fmt: skip

    @cached_property
    def _end(self) -> set[Any]:
        """The elements around the last line of the story that hold nothing else of it."""
        above = list(self.story[-1].element.iterancestors()) if len(self.story) > 1 else []
        others = {each for block in self.story[:-1] for each in block.element.iterancestors()}
        return set(above) - others

    @cached_property
    def _behind_story(self) -> set[Any]:
        if not self.story:
            return set()
        last, behind, found = self.story[-1].element, False, set()
        for element in self.holder.iter(etree.Element):
            if behind:
                found.add(element)
            behind = behind or element is last
        return found - set(last.iter())

    @cached_property
    def is_bare(self) -> bool:
        """Whether the page has no menu, and a button or field belongs to everything that it says."""
        total = sum(len(line.text) for line in self.lines)
        if self.links > MOST_LINKS_OF_BARE or total > MOST_IN_BOX or len(self.every) > MOST_BLOCKS_OF_BARE:
            return False
        sizes = _sizes(self.lines)
        for control in controls(self.body):
            above = next((each for each in control.iterancestors() if sizes[each]), None)
            if above is not None and sizes[above] >= NEARLY_ALL * total:
                return True
        return False

    @cached_property
    def rail(self) -> list[Block]:
        """The blocks of other articles that the page links to."""
        return [block for block in self.every if self.place(block.element) == "rail"]

    @cached_property
    def links(self) -> int:
        """The number of other addresses that the page links to."""
        found = {target(link, self.url) for link in self.body.iter("a")}
        return len(found - {""})

    def place(self, element: Any) -> str:
        """Return where an element stands: ``bar``, ``box``, ``rail``, ``comments``; empty for the page itself."""
        chain = []
        place = ""
        for above in (element, *element.iterancestors()):
            if above in self._place:
                place = self._place[above]
                break
            chain.append(above)
        for above in reversed(chain):
            place = place or self._own_place(above)
            self._place[above] = place
        return place

    def holds_headline(self, element: Any) -> bool:
        """Return whether the headline of the page stands in an element."""
        return element in self._around_headline

    @cached_property
    def _around_headline(self) -> set[Any]:
        """The headline and the elements that it stands in."""
        return set() if self.headline is None else {self.headline, *self.headline.iterancestors()}

    def _own_place(self, element: Any) -> str:
        if element in self._rails:
            return "rail"
        if element in self._boxes:
            return "box"
        if not isinstance(element.tag, str):
            return "bar"
        if element.tag in BARS or element.get("role") in BAR_ROLES:
            is_own = self.holds_headline(element) or element.find(".//article") is not None
            return "" if is_own and element.tag != "dialog" else "bar"
        if _FOOT.is_in(names_of(element)) and element.tag not in {"html", "body", "article", "main"}:
            return "" if self.holds_headline(element) else "bar"
        if COMMENTS.is_in(names_of(element)) and element.tag not in {"html", "body"}:
            return "" if self.holds_headline(element) or element.tag in {"article", "main"} else "comments"
        return ""

    def _find_boxes(self) -> None:
        sizes = _sizes(self.every)
        for element in self.body.iter(etree.Element):
            if element is not self.body and self._is_named_box(element, sizes.get(element, 0)):
                self._boxes.setdefault(element, Box(element))
        for control in controls(self.body):
            self._add_control(control, sizes)
        self._boxes = {element: box for element, box in self._boxes.items() if asks(box)}
        inner = [each for each in self._boxes if any(above in self._boxes for above in each.iterancestors())]
        for element in inner:
            self._merge(element)
        for block in self.every:
            box = self._box_of(block.element)
            if box is not None:
                box.blocks.append(block)

    def _is_named_box(self, element: Any, size: int) -> bool:
        if is_dialog(element):
            return True
        if element.tag in NEVER_A_BOX:
            return False
        name = names_of(element)
        if not CONSENT.is_in(name) and (size > MOST_IN_BOX or not (LOCK.is_in(name) or LETTER.is_in(name))):
            return False
        return not self.holds_headline(element) and element.find(".//article") is None

    def _add_control(self, control: Any, sizes: Counter[Any]) -> None:
        """Add a control to the box that it is in, or make a box of the words that it belongs to."""
        kind = kind_of(control)
        for level, above in enumerate(control.iterancestors()):
            if above in self._boxes:
                self._boxes[above].add(control)
                return
            if above is self.body or above.tag in {"main", "article", "body", "html"} or level > MOST_LEVELS:
                return
            if self.holds_headline(above) or sizes.get(above, 0) > MOST_IN_BOX:
                return
            if sizes.get(above, 0) and (
                kind in {"email", "password"} or above.tag == "form" or self._stands_alone(above)
            ):
                self._boxes[above] = Box(above)
                self._boxes[above].add(control)
                return

    def _stands_alone(self, element: Any) -> bool:
        """Return whether an element has a name of its own, or stands in no article."""
        return not any(above.tag == "article" for above in element.iterancestors()) or bool(names_of(element))

    def _merge(self, element: Any) -> None:
        inner = self._boxes.pop(element)
        outer = self._box_of(element)
        if outer is not None:
            outer.buttons += inner.buttons
            outer.inputs |= inner.inputs

    def _box_of(self, element: Any) -> Box | None:
        return next((self._boxes[above] for above in (element, *element.iterancestors()) if above in self._boxes), None)


def _sizes_below(parent: Any, sizes: Counter[Any]) -> int:
    """Return how many characters in an element are not those of its own paragraphs."""
    return sum(sizes[child] for child in parent if child.tag in {"div", "section", "article", "main", "ul", "ol"})


def _texts(body: Any) -> Iterator[tuple[Any, str]]:
    for number, element in enumerate(body.iter(etree.Element)):
        if number > MOST_ELEMENTS:
            return
        if element.tag in INLINE or element.tag in {"title", "button", "script", "style", "option", "label"}:
            continue
        text = " ".join("".join(_own_words(element, links=True)).split())
        if len(text) < SHORTEST_LINE:
            continue
        if element.find("a") is not None:
            without = " ".join("".join(_own_words(element, links=False)).split())
            if len(without) < LEAST_UNLINKED * len(text):
                continue
        yield element, text


def _own_words(element: Any, *, links: bool) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in INLINE and (links or child.tag != "a"):
            yield from child.itertext(with_tail=False)
        yield child.tail or ""


def _sizes(blocks: list[Block]) -> Counter[Any]:
    """Return how many characters of blocks are in each element."""
    sizes: Counter[Any] = Counter()
    for block in blocks:
        for above in (block.element, *block.element.iterancestors()):
            sizes[above] += len(block.text)
    return sizes
