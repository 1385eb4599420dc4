"""Fill in “log a claim” from what a person's own browser sends: address, selection and title of the page they see.

Any site can send this, so nothing is stored by it: the form opens with these words, and the person logs the claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.models.claim import LONGEST_CLAIM
from sources.formats.files.page_copy import web_address

ADDRESS, SELECTION, TITLE = "address", "selection", "title"
MOST_SELECTION = 5_000  # characters; the bookmarklet sends less, as an address has no room for more
MOST_TITLE = 300
WEB = re.compile(r"https?://[^\s<>\"]+")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # they can disguise a text


@dataclass(frozen=True)
class Prefill:
    """What a browser sent for the form, made safe; ``left_out`` says what is missing from it, and why."""

    address: str
    selection: str
    title: str
    left_out: tuple[str, ...]

    @property
    def host(self) -> str:
        """Return the site that the address names."""
        return urlsplit(self.address).hostname or ""

    def initial(self) -> dict[str, Any]:
        """Return the values that the fields begin with: the selection as claim and quote, else the title as claim."""
        claim = self.selection or self.title
        named = _("Seen on the page “%(title)s”.") % {"title": self.title} if self.title and self.selection else ""
        return {"url": self.address, "text": claim[:LONGEST_CLAIM], "quote": self.selection, "note": named}


def of(query: QueryDict) -> Prefill | None:
    """Return what a browser sent with an address of the form; None where it sent nothing."""
    if not any(query.get(name, "").strip() for name in (ADDRESS, SELECTION, TITLE)):
        return None
    left_out = []
    selection, given = _text(query.get(SELECTION, "")), query.get(ADDRESS, "").strip()
    if not given:  # phones share the address within the text
        given, selection = _shared(selection)
    address = web_address(given)
    if given and not address:
        left_out.append(_("The address was left out: it is no address of a web page."))
    if len(selection) > MOST_SELECTION:
        left_out.append(_("The selection was shortened to %(most)d characters.") % {"most": MOST_SELECTION})
    return Prefill(address, selection[:MOST_SELECTION], _text(query.get(TITLE, ""))[:MOST_TITLE], tuple(left_out))


def _shared(text: str) -> tuple[str, str]:
    """Return the last address in a text, and the text without it."""
    found = [*WEB.finditer(text)]
    if not found:
        return "", text
    last = found[-1]
    return last.group(), f"{text[: last.start()]}{text[last.end() :]}".strip()


def _text(value: str) -> str:
    return UNSEEN.sub("", value.replace("\r\n", "\n")).strip()
