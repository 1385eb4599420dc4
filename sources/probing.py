"""Learn from each host, once in a while, how it says that there is nothing at an address."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from sources import parsing
from sources.text import missing
from sources.text.missing import Seen
from sources.text.walls import Look
from sources.web import door
from sources.web.addresses import Refused
from sources.web.client import Answer, Failed

PATIENCE = 10.0  # seconds that a worker waits for a turn at the host; the page in its hands cannot be put off
KNOWN_FOR = 7 * 24 * 3600  # seconds
UNKNOWN_FOR = 3600
SAYS_SO = {404, 410}


def is_missing(answer: Answer, look: Look) -> bool:
    """Return whether a page served with success stands for "not found" all the same.

    Where a page is doubtful, the host is asked for an address that cannot exist, once a week at most; where it cannot
    be asked, the words on the page alone decide.
    """
    page = Seen(answer.final_url, look)
    if not missing.is_doubtful(answer.url, page):
        return False
    known = _known(answer.final_url)
    if known is None:
        return missing.says_so(look)
    return bool(known.url) and missing.is_like(page, known)


def _known(url: str) -> Seen | None:
    """Return what the host of an address shows for one that cannot exist: without a URL if it says so by its status.

    None while that is not known.
    """
    key = f"missing:{urlsplit(url).netloc.lower()}"
    kept: Any = door.memory().get(key)
    if kept is None:
        kept, life = _asked(url)
        door.memory().set(key, kept, ex=life)
    found = json.loads(kept)
    return Seen(found["url"], Look(**{**found["look"], "blocks": tuple(found["look"]["blocks"])})) if found else None


def _asked(url: str) -> tuple[str, int]:
    """Ask for an address that cannot exist; return what there is to remember, and for how many seconds."""
    try:
        answer = door.visit(missing.made_up(url), patience=PATIENCE)
        if answer.status in SAYS_SO:
            return json.dumps(asdict(Seen("", Look()))), KNOWN_FOR
        if answer.status == 200 and "html" in answer.header("content-type"):
            look = parsing.look(answer.body, answer.header("content-type"), answer.final_url)
            return json.dumps(asdict(Seen(answer.final_url, look))), KNOWN_FOR
    except (door.NotYet, door.Denied, Refused, Failed, parsing.GaveUp):
        pass  # no answer tells nothing of how the host answers
    return "null", UNKNOWN_FOR
