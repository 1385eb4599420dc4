"""Weigh the evidence on a page for and against each kind of wall; every piece of evidence is kept by its name.

Weights are log-odds. They were set by reasoning on single kinds of pages, and checked with ``benchmarks.walls``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from sources.formats import challenges
from sources.formats.article_facts import ArticleFacts
from sources.formats.page_boxes import (
    ACCEPT,
    CONSENT,
    COOKIES,
    LOCKED,
    SIGN_IN,
    Block,
    Box,
    buttons,
    controls,
    is_dialog,
    kind_of,
    names_of,
    plain,
)
from sources.formats.page_look import MOST_WALL
from sources.formats.page_parts import PageParts
from sources.language.any_case import AnyCase
from sources.language.languages.wall_words import either

CHALLENGE = AnyCase(either(lambda words: words.challenge))
SIGN_IN_PATH = re.compile(rf"/{either(lambda words: words.sign_in_path)}([/._-]|$)", re.IGNORECASE)
CONSENT_PLACE = re.compile(r"^(consent|guce|cmp)\.|/(consent|privacy-?wall|cookie-?wall)([/._-]|$)", re.IGNORECASE)
NOTHING = AnyCase(r"(?!)")
REGION = AnyCase(either(lambda words: words.region))
NUMBER = re.compile(
    r"(?:([^\W\d_]{0,2}[^\w\s.,]|[^\W\d_]{1,4})[ \u00a0]?)?\b\d[\d.,]*(?:[ \u00a0\u202f]?([^\d\s.,()]{1,4}))?"
)
SIGNS_OF_MONEY = frozenset(each for each in map(chr, range(0x24, 0x20F0)) if unicodedata.category(each) == "Sc")
LONGEST_SIGN = 4  # letters
PERCENT = re.compile(r"\d{1,3}(?:[.,]\d)? ?[%٪]|[%٪] ?\d{1,3}")
END = re.compile(r"""[.!?…。؟।۔:][\s"'»”’)\]]*$|[»”"’)\]]$""")
CUT_END = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))[\s\"'»”]*$")
SIGN_OFF = 60  # characters; a shorter last line may be a signature

MOST_LINKS = 2
MANY_LINKS = 8
MANY_PARAGRAPHS = 6
LITTLE, SHORT, BRIEF, LONG = 60, 250, 600, 2_500  # characters of text outside boxes
PRIOR = -2.0  # few pages are walls
UNSAID = -4.5  # and fewer refuse their reader without a word that we know
SHORTEST_NAME, MOST_NAME = 4, 4  # characters of a name in an address, words of the name of a site
LONGEST_OFFER = 350  # characters of a paragraph that says the rest is locked


# Evidence that a page is empty, whatever stands before it: alone it makes no wall, for a page may be empty of itself.
GENERAL = {
    *("nothing_outside_boxes", "little_text", "text_outside_boxes", "much_text", "article_markup", "own_headline"),
    *("media", "no_links", "many_links", "not_for_search_engines", "captcha", "consent_bar", "whole_end", "cut_end"),
    *("many_paragraphs", "free_flag", "part_served", "words_served"),
}


@dataclass
class Weighed:
    """The evidence for and against one kind of wall, each piece with its weight."""

    kind: str
    weight: float
    signals: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, weight: float, *, holds: object = True) -> None:
        """Add a piece of evidence, where it holds; above 0 it speaks for the wall."""
        if holds:
            self.weight += weight
            self.signals[name] = self.signals.get(name, 0.0) + weight

    @property
    def tells(self) -> bool:
        """Whether any evidence is for this wall and no other."""
        return bool(self.signals.keys() - GENERAL)

    @property
    def confidence(self) -> float:
        """Return the probability that the page is this wall; low where nothing tells of this one."""
        if not self.tells:
            return 0.0
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.weight))))

    def named(self, *, against: bool) -> tuple[str, ...]:
        """Return the evidence for the wall, or against it, the strongest first."""
        chosen = [(abs(weight), name) for name, weight in self.signals.items() if (weight < 0) == against and weight]
        return tuple(name for _weight, name in sorted(chosen, reverse=True))


@dataclass(frozen=True)
class SeenPage:
    """A page as the judges see it."""

    html: str
    url: str
    title: str
    parts: PageParts
    facts: ArticleFacts

    @cached_property
    def headings(self) -> str:
        """The title and the headlines."""
        return " | ".join([self.title, *("".join(each.itertext()) for each in self.parts.body.iter("h1", "h2"))])

    @cached_property
    def short(self) -> str:
        """The words of a page that says little; the headings of one that says much."""
        words = " ".join(" ".join(self.parts.body.itertext("*")).split())
        return f"{self.title} | {words}" if len(words) <= 2 * MOST_WALL else self.headings


def judge(seen: SeenPage) -> Weighed:
    """Return the most probable wall of a page with the evidence; whether it is one is for its confidence to say."""
    if sum(len(block.text) for block in seen.parts.story) >= LONG:
        return _paywall(seen)  # nothing else lets so much of an article through
    every = (_challenge(seen), _consent(seen), _sign_in(seen), _refusal(seen), _paywall(seen))
    best = max(every, key=lambda each: each.confidence)
    return best if best.tells else replace(best, kind="")


def _gate(kind: str, seen: SeenPage, notice: AnyCase, *, is_alone: bool = False, prior: float = PRIOR) -> Weighed:
    """Return the evidence on a page for or against anything that stands before an article and shows nothing of it.

    Sentences in which the words of the notice stand are no text of an article, where nothing marks the page as one.
    A sentence under the headline that a page names as its own is news, however little else the page has.
    """
    facts, parts = seen.facts, seen.parts
    is_bare = (is_alone or _is_bare(seen, notice)) and not facts.marks
    own = [] if is_bare else [block for block in parts.story if facts.marks or not notice.is_in(block.text)]
    size = sum(len(block.text) for block in own)
    found = Weighed(kind, prior)
    found.add("nothing_outside_boxes", 2.0, holds=not size)
    found.add("little_text", 0.5, holds=0 < size < LITTLE)
    found.add("text_outside_boxes", -1.5, holds=LITTLE <= size < SHORT)
    found.add("text_outside_boxes", -3.0, holds=SHORT <= size < BRIEF)
    found.add("text_outside_boxes", -4.5, holds=BRIEF <= size < MOST_WALL)
    found.add("much_text", -7.0, holds=size >= MOST_WALL)
    found.add("article_markup", -(0.9 if size else 0.4) * facts.marks, holds=facts.marks)
    found.add("own_headline", -1.0, holds=facts.is_headlined and size)
    found.add("media", -2.0, holds=facts.has_media and facts.is_headlined and facts.marks)
    found.add("no_links", 1.0, holds=parts.links <= MOST_LINKS)
    found.add("many_links", -1.0, holds=parts.links >= MANY_LINKS and size)
    return found


def _challenge(seen: SeenPage) -> Weighed:
    lowered = seen.html.lower()
    is_test = challenges.is_a_test(lowered)
    is_alone = seen.parts.links <= MOST_LINKS and not seen.facts.marks
    captcha = not is_test and challenges.has_a_captcha(lowered)
    watched = not (is_test or captcha) and challenges.is_watched(lowered)
    size = sum(len(block.text) for block in seen.parts.every)
    scripts = (script.text or "" for script in seen.parts.page.iter("script"))
    proves = challenges.proves_work(scripts, is_alone=is_alone and size < SHORT)
    shown = captcha and not _is_beside_news(seen)
    found = _gate("bot_challenge", seen, CHALLENGE, is_alone=is_alone and (shown or proves) and size < BRIEF)
    robots = seen.parts.page.xpath("string(//meta[@name='robots']/@content)").lower()
    found.add("challenge_markup", 7.0, holds=is_test)
    is_shown_alone = is_alone and shown
    found.add("captcha_alone" if is_shown_alone else "captcha", 3.0 if is_shown_alone else 1.0, holds=captcha)
    found.add("captcha", 1.0, holds=watched)
    found.add("proof_of_work", 4.0 if is_alone else 2.0, holds=proves)
    found.add("not_for_search_engines", 0.7, holds="noindex" in robots)
    found.add("challenge_words", 3.0, holds=CHALLENGE.is_in(seen.headings))
    found.add("challenge_words", 2.0, holds=any(CHALLENGE.is_in(line.text) for line in seen.parts.lines))
    return found


def _is_beside_news(seen: SeenPage) -> bool:
    """Return whether a captcha is only a program, or a part of comments, on a page with a headline and sentences.

    A check says what it is, or shows something to solve; its sentences often stand in a form.
    """
    parts = seen.parts
    own = [block for block in parts.story if all(above.tag != "form" for above in block.element.iterancestors())]
    if not (own and seen.facts.is_headlined) or _is_named_as_site(seen) or CHALLENGE.is_in(seen.short):
        return False
    return all(parts.place(element) == "comments" for element in challenges.captchas(parts.body))


def _consent(seen: SeenPage) -> Weighed:
    facts, parts = seen.facts, seen.parts
    boxes = [box for box in parts.boxes if box.is_consent or COOKIES.is_in(box.words)]
    is_named = any(CONSENT.is_in(names_of(each)) for each in parts.body.iter("div", "section", "form", "main"))
    accepts = ACCEPT.is_in(" | ".join(buttons(parts.body)))
    accepts = accepts or (parts.is_bare and (is_named or _offers_choice(seen)))
    is_only = parts.is_bare and not facts.marks and _is_all_in_consent(seen)
    found = _gate("consent_wall", seen, COOKIES if accepts else NOTHING, is_alone=is_only)
    is_flat = any(COOKIES.is_in(block.text) for block in parts.story) and accepts and not facts.marks
    if parts.story and not is_flat and (facts.is_headlined or facts.marks) and not parts.is_bare:
        found.add("consent_bar", 0.5, holds=boxes)  # a bar beside an article is on every page
        return found
    found.add("consent_words", 2.0, holds=boxes or is_flat or (accepts and COOKIES.is_in(seen.short)))
    found.add("consent_button", 1.0, holds=accepts and COOKIES.is_in(seen.short))
    found.add("consent_box", 1.0, holds=is_only or any(box.is_consent or box.is_dialog for box in boxes))
    found.add("only_a_dialog", 2.0, holds=not parts.story and any(box.is_dialog and box.buttons for box in parts.boxes))
    found.add("consent_address", 2.0, holds=_is_at(CONSENT_PLACE, seen.url))
    return found


def _is_all_in_consent(seen: SeenPage) -> bool:
    """Return whether all that a page says stands in one element that its mark-up names for consent."""
    chains = [{line.element, *line.element.iterancestors()} for line in seen.parts.lines]
    shared = set.intersection(*chains) if chains else set()
    return any(CONSENT.is_in(names_of(each)) for each in shared if each.tag not in {"html", "body"})


def _sign_in(seen: SeenPage) -> Weighed:
    asks, in_dialog = _asks_for_password(seen)
    beside = in_dialog and seen.facts.is_headlined and bool(seen.parts.story)  # it opens when a reader wants it
    is_only = asks and len(seen.parts.story) <= 1 and not beside
    found = _gate("login_wall", seen, SIGN_IN, is_alone=is_only)
    found.add("sign_in_form", 1.0 if beside else 2.5 if seen.facts.marks else 3.5, holds=asks)
    found.add("sign_in_words", 2.0, holds=SIGN_IN.is_in(seen.headings) or SIGN_IN.is_in(seen.short))
    found.add("sign_in_address", 3.0, holds=SIGN_IN_PATH.search(urlsplit(seen.url).path))
    return found


def _refusal(seen: SeenPage) -> Weighed:
    """Return the evidence for a page that lets nobody on, or nobody from a country, and says no more."""
    says_so = REGION.is_in(seen.short)
    found = _gate("blocked", seen, REGION, prior=PRIOR if says_so else UNSAID)
    found.add("region_words", 3.0, holds=says_so)
    is_bare = _is_bare(seen, REGION)
    found.add("bare_page", 2.0, holds=is_bare)
    found.add("choice", 1.5, holds=is_bare and not says_so and _offers_choice(seen))
    return found


def _paywall(seen: SeenPage) -> Weighed:
    facts, own = seen.facts, _without_offers(seen.parts.story[: -1 if seen.parts.ends_asking else None])
    size = sum(len(block.text) for block in own)
    found = Weighed("paywall", -3.0)
    found.add("paid_flag", 2.0, holds=facts.is_free is False)
    found.add("free_flag", -4.0, holds=facts.is_free is True)
    found.add("part_missing", 3.2, holds=facts.part == "missing")
    found.add("part_served", -4.0, holds=facts.part == "served")
    found.add("words_missing", 3.5, holds=facts.length == "cut")
    found.add("words_served", -4.0, holds=facts.length == "whole")
    if size < LONG or found.weight > -3.0:
        _add_locks(found, seen)
    locked = found.signals.keys() & {"locked_words", "locked_box", "paid_flag"}
    last = _last(own)
    found.add("cut_end", 2.0 if locked else 0.5, holds=last and (CUT_END.search(last) or not END.search(last)))
    found.add("whole_end", -0.8, holds=last and END.search(last) and not CUT_END.search(last))
    found.add("little_text", 1.0, holds=size < SHORT and len(own) <= MOST_LINKS)
    found.add("text_outside_boxes", -1.2, holds=BRIEF <= size < MOST_WALL)
    found.add("text_outside_boxes", -4.0, holds=MOST_WALL <= size < LONG)
    found.add("much_text", -6.0, holds=size >= LONG)
    found.add("many_paragraphs", -1.0, holds=len(own) >= MANY_PARAGRAPHS)
    found.add("media", -1.0, holds=facts.has_media and size < SHORT)
    return found


def _add_locks(found: Weighed, seen: SeenPage) -> None:
    """Add what the boxes and paragraphs of a page say about the rest of its article."""
    parts = seen.parts
    kept = _without_offers(parts.story)
    offers = [line for line in parts.lines if not parts.place(line.element) and _is_offer(line)]
    behind = _behind(parts, kept)
    offers = [line for line in offers if line.element in behind]  # none of what is kept stands there
    boxes = [box for box in parts.boxes if not box.is_consent and LOCKED.is_in(box.words)]
    inside = set(parts.holder.iter()) if boxes else set()
    near = [box for box in boxes if box.element in inside]
    named = [box for box in parts.boxes if box.is_lock and not box.is_consent]
    found.add("locked_words", 5.0 if offers else 4.0 if near else 2.5, holds=offers or boxes)
    found.add("locked_box", 2.0, holds=named or _has_empty_lock(parts))
    percent = any(PERCENT.search(text) for text in (*_said(offers, boxes), *_texts(parts.tail)))
    is_letter = boxes and not offers and not named and not percent and all(box.is_letter for box in boxes)
    found.add("letter_box", -2.5, holds=is_letter)
    found.add("percent", 1.5, holds=percent)
    priced = _has_price(seen, (*_said(offers, boxes), *_texts(parts.tail), *_texts(parts.story[-1:])))
    found.add("price", 1.5, holds=priced and parts.is_asked_behind)
    asks = parts.is_asked_behind and (percent or priced or "paid_flag" in found.signals)
    found.add("asked_behind", 1.5 if percent or not seen.facts.marks else 2.0, holds=asks)
    signs = any(SIGN_IN.is_in(text) for text in (*_said([], parts.boxes), *_texts(parts.tail)))
    found.add("sign_in_words", 2.0, holds=signs and not (offers or boxes))


def _without_offers(story: list[Block]) -> list[Block]:
    """Return a story without the offers at its end. What the words of offers stand in, before that, is news."""
    kept = list(story)
    while len(kept) > 1 and _is_offer(kept[-1]):
        kept.pop()
    return kept


def _has_price(seen: SeenPage, texts: Iterable[str]) -> bool:
    """Return whether one of these texts names a price: a number beside a sign of money, or that of the language."""
    signs = _signs_of_money((seen.parts.page.get("lang") or "").lower())
    return any(near in signs for text in texts for match in NUMBER.finditer(text) for near in match.groups() if near)


@cache
def _signs_of_money(language: str) -> frozenset[str]:
    """Return the signs of currencies, and the name that a language gives those of its countries (Unicode CLDR)."""
    try:
        own = Locale.parse(language, sep="-").currency_symbols.values() if language else ()
    except (UnknownLocaleError, ValueError):
        own = ()
    return frozenset((*SIGNS_OF_MONEY, *(sign for sign in own if len(sign) <= LONGEST_SIGN)))


def _behind(parts: PageParts, kept: list[Block]) -> set[object]:
    """Return the elements behind the last sentence of a story."""
    behind, found = not kept, set()
    for element in parts.body.iter():
        if behind:
            found.add(element)
        behind = behind or element is kept[-1].element
    return found


def _texts(lines: list[Block]) -> Iterator[str]:
    return (line.text for line in lines)


def _said(offers: list[Block], boxes: list[Box]) -> Iterator[str]:
    yield from (block.text for block in offers)
    yield from (box.words for box in boxes)


def _is_offer(block: Block) -> bool:
    return len(block.text) <= LONGEST_OFFER and LOCKED.is_in(block.text)


def _has_empty_lock(parts: PageParts) -> bool:
    """Return whether an element named for a paywall stands in the article without a text of its own."""
    for element in parts.body.iter("div", "section", "aside"):
        box = Box(element)
        if not box.is_lock or box.is_letter or parts.holds_headline(element) or len(box.words) >= LONGEST_OFFER:
            continue
        if not parts.place(element) and element.find(".//p") is None and _is_after(parts, element):
            return True
    return False


def _is_after(parts: PageParts, element: object) -> bool:
    """Return whether an element stands right behind a paragraph of the article, or around its end."""
    previous = element.getprevious()  # type: ignore[attr-defined]
    return previous is not None and any(block.element is previous for block in parts.own)


def _last(own: list[Block]) -> str:
    """Return how the text ends; a short last line without a full stop is a signature."""
    texts = [block.text for block in own]
    return next((text for text in reversed(texts) if len(text) >= SIGN_OFF), texts[-1] if texts else "")


def _is_bare(seen: SeenPage, notice: AnyCase) -> bool:
    """Return whether all that a page says belongs to a button; under a headline of its own, only a notice does."""
    if not seen.parts.is_bare or seen.facts.marks:
        return False
    return not seen.facts.is_headlined or _is_named_as_site(seen) or notice.is_in(seen.short)


def _is_named_as_site(seen: SeenPage) -> bool:
    """Return whether the headline of a page is only the name of its site, as on a page before the article."""
    words = plain("".join(seen.parts.headline.itertext())).split() if seen.parts.headline is not None else []
    said = seen.parts.page.xpath("string(//meta[@property='og:site_name']/@content)")
    labels = re.split(r"[.-]", urlsplit(seen.url).hostname or "")
    known = {label for label in labels if len(label) >= SHORTEST_NAME}
    name = "".join(words)
    is_host = len(words) <= MOST_NAME and any(label in name or name in label for label in known)
    return bool(words) and (words == plain(said).split() or is_host)


def _offers_choice(seen: SeenPage) -> bool:
    """Return whether a page has two buttons, or one that leads to another page of its site."""
    found = [each for each in controls(seen.parts.body) if kind_of(each) in {"button", "submit", "a"}]
    here = urlsplit(seen.url).netloc
    hrefs = [urlsplit(each.get("href") or "") for each in found if each.tag == "a"]
    return len(found) > 1 or any(href.path and href.netloc in {"", here} for href in hrefs)


def _asks_for_password(seen: SeenPage) -> tuple[bool, bool]:
    """Return whether a page asks for a password outside its bars, and whether only dialogs do."""
    chains = [list(each.iterancestors()) for each in seen.parts.body.iterfind(".//input[@type='password']")]
    asking = [chain for chain in chains if all(above.tag not in {"header", "nav", "footer"} for above in chain)]
    return bool(asking), all(any(is_dialog(above) for above in chain) for chain in asking)


def _is_at(place: re.Pattern[str], url: str) -> bool:
    parts = urlsplit(url)
    return bool(place.search(parts.netloc + parts.path))
