"""Tell the parts of a page apart: its own text, boxes with a form or an offer, rails of other articles, and bars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from sources.language.languages.wall_words import either

SHORTEST_BLOCK = 40  # characters; less is a label
SHORTEST_LINE = 10  # characters; less is a word or two
LEAST_UNLINKED = 0.5  # of a block; a line of links is a menu
MOST_IN_BOX = 700  # characters; what says more is no box, whatever its name
FEWEST_CARDS = 3
NEARLY_ALL = 0.9
MOST_ASKING = 2  # paragraphs of a box without a name of its own
MOST_LINKS_OF_BARE = 3
MOST_BLOCKS_OF_BARE = 3
MUCH_MORE = 1.25  # times the text: then the column is wider
MOST_LEVELS = 4  # between a control and the words that it belongs to
LONGEST_BEFORE_LINK = 25  # characters of a card before its link: a time or a section
SHORTEST_LINK = 15  # characters of a link that is a headline
MOST_ELEMENTS = 60_000

INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "font", "i", "mark", "q", "small", "span", "strong"),
    *("sub", "sup", "time", "u", "wbr"),
}
BARS = {"nav", "footer", "noscript", "template", "select", "svg", "details", "aside", "dialog"}
BAR_ROLES = {"navigation", "contentinfo", "search", "complementary", "banner", "menu", "toolbar"}
DIALOGS = {"dialog", "alertdialog"}
CARD_TAGS = {"div", "li", "article", "section", "a", "td"}
HEADLINES = ("h1", "h2")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "figcaption"}

_CONSENT = re.compile(
    r"cookie|consent|gdpr|rgpd|dsgvo|\bcmp|ccpa|didomi|onetrust|\bot-sdk|usercentrics|iubenda|axeptio|quantcast|qc-cmp"
    r"|sp_message|truste|fc-consent|tarteaucitron|klaro|osano",
    re.IGNORECASE,
)
_LOCK = re.compile(
    r"pay-?_?wall|reg-?_?wall|piano|tinypass|\btp-|poool|meter(ed|ing)?\b|premium|subscri|abonn|\babo\b|suscri|abbona"
    r"|locked|\block\b|unlock|gate\b|barrier|leaky|registration-?wall|login-?wall|offer|teaser-?end|article-?end-?wall",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"newsletter|sign-?up|signup|mailing|\bletter|infolettre|boletin|optin|register|registr", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|disqus|discussion|respond|\breply", re.IGNORECASE)
_SMALL = re.compile(
    r"share|social|print|player|play\b|menu|search|nav|toggle|like|bookmark|slider|carousel|lang", re.IGNORECASE
)
_FOOT = re.compile(r"footer|copyright|\blegal\b|site-info|masthead|breadcrumb|colophon", re.IGNORECASE)
_BUTTON = re.compile(r"\bbtn|button|\bcta\b", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_ASKS = re.compile(either(lambda words: f"{words.locked}|{words.sign_in}"), re.IGNORECASE)
_ACCEPT = re.compile(either(lambda words: words.accept), re.IGNORECASE)
_COOKIES = re.compile(either(lambda words: words.cookies), re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A run of text that is long enough to be a sentence. Words of links do not count."""

    text: str
    element: Any


@dataclass
class Box:
    """A part of a page that asks for something: its words, the words of its buttons, and what it is built of."""

    element: Any
    blocks: list[Block] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    inputs: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return what the mark-up calls the box."""
        return names_of(self.element)

    @property
    def words(self) -> str:
        """Return everything a person reads in the box."""
        return " ".join(" ".join(self.element.itertext("*")).split())[: MOST_IN_BOX * 4]

    @property
    def is_consent(self) -> bool:
        """Whether the mark-up says that the box is about consent."""
        return bool(_CONSENT.search(self.name))

    @property
    def is_lock(self) -> bool:
        """Whether the mark-up says that the box closes an article."""
        return bool(_LOCK.search(self.name))

    @property
    def is_letter(self) -> bool:
        """Whether the box is a form for a newsletter or an account."""
        return "email" in self.inputs or bool(_LETTER.search(self.name))

    @property
    def is_dialog(self) -> bool:
        """Whether the box is a dialog."""
        return _is_dialog(self.element)


class Parts:
    """The parts of a parsed page."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        body = page.find(".//body")
        self.body = page if body is None else body
        self.lines = [Block(text, element) for element, text in _texts(self.body)]
        self.every = [
            line for line in self.lines if len(line.text) >= SHORTEST_BLOCK and line.element.tag not in HEADINGS
        ]
        self._place: dict[Any, str] = {}
        self._boxes: dict[Any, Box] = {}
        self._rails = set(_rails(self.body, url, self.headline))
        self._find_boxes()

    @cached_property
    def headline(self) -> Any:
        """The element with the first headline outside dialogs and bars; None where there is none."""
        for tag in HEADLINES:
            for element in self.body.iter(tag):
                if any(_is_dialog(above) or above.tag in {"nav", "footer"} for above in element.iterancestors()):
                    continue
                if _text(element):
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
        column = max(parents, key=lambda parent: sizes[parent] - _sizes_below(parent, sizes), default=None)
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
        found = [control for control in _controls(self.holder) if control in self._behind_story]
        return bool(found) and (bool(self.tail) or any(_LOCK.search(names_of(each.getparent())) for each in found))

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
        for control in _controls(self.body):
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
        found = {_target(link, self.url) for link in self.body.iter("a")}
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
        return self.headline is not None and element in (self.headline, *self.headline.iterancestors())

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
        if _FOOT.search(names_of(element)) and element.tag not in {"html", "body", "article", "main"}:
            return "" if self.holds_headline(element) else "bar"
        if _COMMENTS.search(names_of(element)) and element.tag not in {"html", "body"}:
            return "" if self.holds_headline(element) or element.tag in {"article", "main"} else "comments"
        return ""

    def _find_boxes(self) -> None:
        sizes = _sizes(self.every)
        for element in self.body.iter(etree.Element):
            if element is not self.body and self._is_named_box(element, sizes.get(element, 0)):
                self._boxes.setdefault(element, Box(element))
        for control in _controls(self.body):
            self._add_control(control, sizes)
        for element, box in list(self._boxes.items()):
            if not _asks(box):
                del self._boxes[element]
        for element in list(self._boxes):
            if any(above in self._boxes for above in element.iterancestors()):
                self._merge(element)
        for block in self.every:
            box = self._box_of(block.element)
            if box is not None:
                box.blocks.append(block)

    def _is_named_box(self, element: Any, size: int) -> bool:
        if _is_dialog(element):
            return True
        if element.tag in {
            "html",
            "body",
            "main",
            "article",
            "button",
            "input",
            "a",
            "p",
            "h1",
            "h2",
            "span",
            "script",
        }:
            return False
        name = names_of(element)
        if not name or self.holds_headline(element) or element.find(".//article") is not None:
            return False
        if _CONSENT.search(name):
            return True
        return size <= MOST_IN_BOX and bool(_LOCK.search(name) or _LETTER.search(name))

    def _add_control(self, control: Any, sizes: Counter[Any]) -> None:
        """Add a control to the box that it is in, or make a box of the words that it belongs to."""
        kind, words = _kind(control), _label(control)
        for level, above in enumerate(control.iterancestors()):
            if above in self._boxes:
                _add(self._boxes[above], kind, words)
                return
            if above is self.body or above.tag in {"main", "article", "body", "html"} or level > MOST_LEVELS:
                return
            if self.holds_headline(above) or sizes.get(above, 0) > MOST_IN_BOX:
                return
            if sizes.get(above, 0) and (kind in {"email", "password"} or _is_form(above) or self._stands_alone(above)):
                self._boxes[above] = Box(above)
                _add(self._boxes[above], kind, words)
                return

    def _stands_alone(self, element: Any) -> bool:
        """Return whether an element is no part of the text under the headline: it is not its brother, nor in an article."""
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


def _asks(box: Box) -> bool:
    """Return whether a part of a page asks its reader for something; a share button makes no box of an article."""
    if box.is_dialog or box.is_consent or box.inputs & {"email", "password"}:
        return True
    if not (box.is_lock or box.is_letter) and sum(1 for _each in box.element.iter("p")) > MOST_ASKING:
        return False
    if _ASKS.search(box.words) or (_ACCEPT.search(" ".join(box.buttons)) and _COOKIES.search(box.words)):
        return True
    return bool(box.inputs) and (box.is_lock or box.is_letter)


def names_of(element: Any) -> str:
    """Return the names that the mark-up gives an element: id, class, role, label for tests."""
    return " ".join(element.get(key) or "" for key in ("id", "class", "data-testid", "data-component"))


def plain(text: str) -> str:
    """Return the words of a text in lower case, to compare headlines."""
    return " ".join(_WORDS.findall(text.lower()))


def buttons(page: Any) -> Iterator[str]:
    """Yield the words of everything on a page that looks like a button."""
    for element in page.iter("button", "a", "input"):
        yield element.get("value", "") if element.tag == "input" else _text(element)


def _is_dialog(element: Any) -> bool:
    return element.tag == "dialog" or element.get("role") in DIALOGS or element.get("aria-modal") == "true"


def _is_form(element: Any) -> bool:
    return bool(element.tag == "form")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _texts(body: Any) -> Iterator[tuple[Any, str]]:
    for number, element in enumerate(body.iter(etree.Element)):
        if number > MOST_ELEMENTS:
            return
        if element.tag in INLINE or element.tag in {"title", "button", "script", "style", "option", "label"}:
            continue
        text = " ".join("".join(_own_words(element, links=True)).split())
        if len(text) < SHORTEST_LINE:
            continue
        without = " ".join("".join(_own_words(element, links=False)).split())
        if len(without) >= LEAST_UNLINKED * len(text):
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


def _controls(body: Any) -> Iterator[Any]:
    for element in body.iter("button", "input", "a", "textarea"):
        if element.tag == "a" and not (element.get("role") == "button" or _BUTTON.search(names_of(element))):
            continue
        if element.get("type") in {"hidden", "search"} or _SMALL.search(names_of(element)):
            continue
        if any(_is_page_furniture(above) for above in element.iterancestors()):
            continue
        yield element


def _is_page_furniture(element: Any) -> bool:
    if element.tag in {"nav", "header", "footer"} or element.get("role") in {"search", "navigation", "banner"}:
        return True
    return bool(_COMMENTS.search(names_of(element))) and element.tag not in {"html", "body", "article", "main"}


def _kind(control: Any) -> str:
    kind = (control.get("type") or "").lower() if control.tag == "input" else control.tag
    about = f"{control.get('name') or ''} {control.get('autocomplete') or ''}".lower()
    return "email" if kind in {"", "text"} and "mail" in about else kind or "text"


def _label(control: Any) -> str:
    return control.get("value") or "" if control.tag == "input" else _text(control)


def _add(box: Box, kind: str, words: str) -> None:
    if kind in {"button", "submit", "a"}:
        box.buttons.append(words)
    box.inputs.add(kind)


def _target(link: Any, url: str) -> str:
    """Return the address of another page that a link leads to; empty for a place on this page, and for no page."""
    try:
        whole = urlsplit(urljoin(url, (link.get("href") or "").strip()))
        here = urlsplit(url)
    except ValueError:
        return ""
    if whole.scheme not in {"http", "https"} or not link.get("href"):
        return ""
    if (whole.netloc, whole.path.rstrip("/"), whole.query) == (here.netloc, here.path.rstrip("/"), here.query):
        return ""
    return f"{whole.netloc}{whole.path}?{whole.query}"


def _rails(body: Any, url: str, headline: Any) -> Iterator[Any]:
    """Yield the cards of a page: parts of one build beside one another that each begin with a link to another page."""
    own = set() if headline is None else {headline, *headline.iterancestors()}
    for parent in body.iter("div", "ul", "ol", "section", "main", "aside", "body", "article", "tr"):
        alike: dict[tuple[str, str], list[Any]] = {}
        for child in parent:
            if child.tag in CARD_TAGS and child not in own:
                alike.setdefault((child.tag, child.get("class") or ""), []).append(child)
        for group in alike.values():
            if len(group) >= FEWEST_CARDS:
                cards = [child for child in group if _is_card(child, url)]
                if len(cards) >= max(FEWEST_CARDS, 0.7 * len(group)):
                    yield from group
    for link in body.iter("a"):
        if len(link) and link.find("p") is not None and _target(link, url):
            yield link


def _is_card(element: Any, url: str) -> bool:
    """Return whether a part of a page begins with a link to another page, and that link is a headline or a picture."""
    before = 0
    links = [element] if element.tag == "a" else list(element.iter("a"))[:3]
    first = next((link for link in links if _target(link, url)), None)
    if first is None:
        return False
    if len(_text(first)) < SHORTEST_LINK and first.find(".//img") is None:
        return False
    for node in element.iter():
        if node is first:
            return before <= LONGEST_BEFORE_LINK
        if isinstance(node.tag, str):
            before += len((node.text or "").strip())
            if node is not element and first not in node.iter():
                before += len((node.tail or "").strip())
    return True
