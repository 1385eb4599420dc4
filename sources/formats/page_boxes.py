"""Boxes of a page: the parts that ask their reader for something, with their words, buttons and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sources.formats.page_tree import text_of
from sources.language.any_case import AnyCase
from sources.language.languages.wall_words import either

MOST_IN_BOX = 700  # characters; what says more is no box, whatever its name
MOST_ASKING = 2  # paragraphs of a box without a name of its own
DIALOGS = {"dialog", "alertdialog"}
CONSENT = AnyCase(
    r"cookie|consent|gdpr|rgpd|dsgvo|\bcmp|ccpa|didomi|onetrust|\bot-sdk|usercentrics|iubenda|axeptio|quantcast|qc-cmp"
    r"|sp_message|truste|fc-consent|tarteaucitron|klaro|osano"
)
LOCK = AnyCase(
    r"pay-?_?wall|reg-?_?wall|piano|tinypass|\btp-|poool|meter(ed|ing)?\b|premium|subscri|abonn|\babo\b|suscri|abbona"
    r"|locked|\block\b|unlock|gate\b|barrier|leaky|registration-?wall|login-?wall|offer|teaser-?end|article-?end-?wall"
)
LETTER = AnyCase(r"newsletter|sign-?up|signup|mailing|\bletter|infolettre|boletin|optin|register|registr")
_SMALL = AnyCase(r"share|social|print|player|play\b|menu|search|nav|toggle|like|bookmark|slider|carousel|lang")
_BUTTON = AnyCase(r"\bbtn|button|\bcta\b")
LOCKED = AnyCase(either(lambda words: words.locked))
SIGN_IN = AnyCase(either(lambda words: words.sign_in))
ACCEPT = AnyCase(either(lambda words: words.accept))
COOKIES = AnyCase(either(lambda words: words.cookies))
COMMENTS = AnyCase(r"comment|disqus|discussion|respond|\breply")
_WORDS = re.compile(r"\w+")


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

    def add(self, control: Any) -> None:
        """Add a button or field to the box."""
        kind = kind_of(control)
        if kind in {"button", "submit", "a"}:
            self.buttons.append(label_of(control))
        self.inputs.add(kind)

    @cached_property
    def name(self) -> str:
        """Return what the mark-up calls the box."""
        return names_of(self.element)

    @cached_property
    def words(self) -> str:
        """Return everything a person reads in the box."""
        return " ".join(" ".join(self.element.itertext("*")).split())[: MOST_IN_BOX * 4]

    @property
    def is_consent(self) -> bool:
        """Whether the mark-up says that the box is about consent."""
        return CONSENT.is_in(self.name)

    @property
    def is_lock(self) -> bool:
        """Whether the mark-up says that the box closes an article."""
        return LOCK.is_in(self.name)

    @property
    def is_letter(self) -> bool:
        """Whether the box is a form for a newsletter or an account."""
        return "email" in self.inputs or LETTER.is_in(self.name)

    @property
    def is_dialog(self) -> bool:
        """Whether the box is a dialog."""
        return is_dialog(self.element)


def asks(box: Box) -> bool:
    """Return whether a part of a page asks its reader for something; a share button makes no box of an article."""
    if box.is_dialog or box.is_consent or box.inputs & {"email", "password"}:
        return True
    if not (box.is_lock or box.is_letter) and sum(1 for _each in box.element.iter("p")) > MOST_ASKING:
        return False
    if LOCKED.is_in(box.words) or SIGN_IN.is_in(box.words):
        return True
    if ACCEPT.is_in(" ".join(box.buttons)) and COOKIES.is_in(box.words):
        return True
    return bool(box.inputs) and (box.is_lock or box.is_letter)


def names_of(element: Any) -> str:
    """Return the names that the mark-up gives an element: id, class, role, label for tests."""
    get = element.get
    return f"{get('id') or ''} {get('class') or ''} {get('data-testid') or ''} {get('data-component') or ''}"


def plain(text: str) -> str:
    """Return the words of a text in lower case, to compare headlines."""
    return " ".join(_WORDS.findall(text.lower()))


def buttons(page: Any) -> Iterator[str]:
    """Yield the words of everything on a page that looks like a button."""
    for element in page.iter("button", "a", "input"):
        yield element.get("value", "") if element.tag == "input" else text_of(element)


def is_dialog(element: Any) -> bool:
    """Return whether an element is a dialog."""
    return bool(element.tag == "dialog" or element.get("role") in DIALOGS or element.get("aria-modal") == "true")


def is_notice(element: Any) -> bool:
    """Return whether an element is a dialog, or is named and worded as a question of consent with a button."""
    if is_dialog(element):
        return True
    if not CONSENT.is_in(names_of(element)) or next(element.iter("button", "input", "a"), None) is None:
        return False
    return ACCEPT.is_in(" ".join(buttons(element))) or COOKIES.is_in(text_of(element))


def controls(body: Any) -> Iterator[Any]:
    """Yield the buttons and fields of a page, except those of its frame and those that share, search or play."""
    for element in body.iter("button", "input", "a", "textarea"):
        if element.tag == "a" and not (element.get("role") == "button" or _BUTTON.is_in(names_of(element))):
            continue
        if element.get("type") in {"hidden", "search"} or _SMALL.is_in(names_of(element)):
            continue
        if any(_is_page_furniture(above) for above in element.iterancestors()):
            continue
        yield element


def _is_page_furniture(element: Any) -> bool:
    if element.tag in {"nav", "header", "footer"} or element.get("role") in {"search", "navigation", "banner"}:
        return True
    return COMMENTS.is_in(names_of(element)) and element.tag not in {"html", "body", "article", "main"}


def kind_of(control: Any) -> str:
    """Return what a control is: button, email, password, text and so on."""
    kind = (control.get("type") or "").lower() if control.tag == "input" else control.tag
    about = f"{control.get('name') or ''} {control.get('autocomplete') or ''}".lower()
    return "email" if kind in {"", "text"} and "mail" in about else kind or "text"


def label_of(control: Any) -> str:
    """Return the words on a control."""
    return control.get("value") or "" if control.tag == "input" else text_of(control)
