"""Recognize “page not found” pages that a site serves with a success code (soft 404)."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sources.capturing.visit import visit
from sources.formats import sandbox
from sources.formats.page_look import MOST_WALL, Look, says_not_found
from sources.models.vocabulary import Outcome
from sources.web import door
from sources.web.addresses import without_www
from sources.web.client import Response
from workbench.desk.work_queue import PutOff

PATIENCE = 10.0  # seconds that a worker waits for its turn at the site; it cannot put off the page it holds
KNOWN_FOR = 7 * 24 * 3600  # seconds
UNKNOWN_FOR = 3600

# Characters. A page with fewer that are not on the page for an invented address is no article: the new words may name
# the address, or the time. A page with another title says something else, however short it is.
LEAST_OF_ITS_OWN = 250
LEAST_UNDER_A_TITLE = 40
ALIKE = 0.7  # of the words of two sentences, Jaccard's index

WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Seen:
    """A page at a glance, and its address after redirects."""

    url: str
    look: Look


def made_up(url: str) -> str:
    """Return an address next to a real one that cannot exist."""
    parts = urlsplit(url)
    folder, _slash, name = parts.path.rstrip("/").rpartition("/")
    ending = re.search(r"\.[A-Za-z]{1,5}$", name)
    path = f"{folder}/{secrets.token_hex(4)}-{secrets.token_hex(5)}{ending[0] if ending else ''}"
    return parts._replace(path=path, query="", fragment="").geturl()


def is_doubtful(asked: str, page: Seen) -> bool:
    """Return whether a page may not be the one we asked for: it has little text, moved, or is a front page."""
    there, own = urlsplit(page.url), urlsplit(page.look.canonical_url)
    moved = _place(there) != _place(urlsplit(asked))
    front = bool(page.look.canonical_url) and own.path in {"", "/"} and there.path not in {"", "/"}
    return page.look.size <= MOST_WALL or moved or front


def is_like(page: Seen, missing: Seen) -> bool:
    """Return whether a page is the one that its site shows for an invented address."""
    if _place(urlsplit(page.url)) == _place(urlsplit(missing.url)):
        return True  # both redirect to the same place
    known = [_words(block) for block in missing.look.blocks]
    new = [block for block in page.look.blocks if not any(_alike(_words(block), words) for words in known)]
    same_title = _alike(_words(page.look.title), _words(missing.look.title))
    return sum(map(len, new)) < (LEAST_OF_ITS_OWN if same_title else LEAST_UNDER_A_TITLE)


def is_missing(answer: Response, look: Look) -> bool:
    """Return whether a page served with a success code means "not found" (soft 404).

    Where a page is doubtful, we ask its host for an address that cannot exist, at most once a week. Where we cannot
    ask, only the words on the page decide.
    """
    page = Seen(answer.final_url, look)
    if not is_doubtful(answer.url, page):
        return False
    known = _known(answer.final_url)
    if known is None:
        return says_not_found(look)
    return bool(known.url) and is_like(page, known)


def _known(url: str) -> Seen | None:
    """Return the page that a site shows for an address that cannot exist, or None while we do not know it.

    Its URL is empty if the site answers with a "not found" status.
    """
    key = f"missing:{urlsplit(url).netloc.lower()}"
    kept: Any = door.memory().get(key)
    if kept is None:
        kept, life = _asked(url)
        door.memory().set(key, kept, ex=life)
    found = json.loads(kept)
    return Seen(found["url"], Look.of(found["look"])) if found else None


def _asked(url: str) -> tuple[str, int]:
    """Ask for an address that cannot exist; return what to remember, and for how many seconds."""
    try:
        missing = visit(made_up(url), patience=PATIENCE)
        answer = missing.answer
        if missing.outcome == Outcome.GONE:
            return json.dumps(asdict(Seen("", Look()))), KNOWN_FOR
        if answer is not None and missing.outcome == Outcome.OK and "html" in answer.header("content-type"):
            look = sandbox.look(answer.body, answer.header("content-type"), answer.final_url)
            return json.dumps(asdict(Seen(answer.final_url, look))), KNOWN_FOR
    except (PutOff, sandbox.GaveUp):
        pass  # without an answer we do not know how the host answers
    return "null", UNKNOWN_FOR


def _place(parts: SplitResult) -> tuple[str, str]:
    return without_www(parts.netloc.lower()), parts.path.rstrip("/")


def _words(text: str) -> frozenset[str]:
    return frozenset(WORDS.findall(text.lower()))


def _alike(some: Iterable[str], others: Iterable[str]) -> bool:
    one, other = set(some), set(others)
    return len(one & other) >= ALIKE * len(one | other)
