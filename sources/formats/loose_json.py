"""Read the JSON of servers that break its rules: control characters, wrong escapes, bytes that are no UTF-8."""

from __future__ import annotations

import json
import re
from typing import Any

LONGEST_SENTENCE = 300
# An escape that JSON does not know: GDELT copies the backslashes of titles into its answer.
WRONG_ESCAPE = re.compile(r'(?<!\\)((?:\\\\)*)\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
TAG = re.compile(r"<[^>]{0,2000}>")
HEAD = re.compile(r"<(script|style|head)\b.*?(</\1>|$)", re.IGNORECASE | re.DOTALL)


class NotJson(Exception):
    """An answer is no JSON. ``said`` are its first words, which may tell why: some servers report errors so."""

    def __init__(self, said: str, *, is_page: bool) -> None:
        super().__init__(said)
        self.said, self.is_page = said, is_page


def loads(body: bytes) -> Any:
    """Return the value of an answer. Raises ``NotJson``."""
    text = body.decode("utf-8-sig", errors="replace").strip().lstrip("\ufeff")
    for attempt in (text, WRONG_ESCAPE.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    is_page = text[:1] == "<"
    words = TAG.sub(" ", HEAD.sub(" ", text[:20_000])) if is_page else text[: 2 * LONGEST_SENTENCE]
    raise NotJson(" ".join(words.replace("\0", " ").split())[:LONGEST_SENTENCE], is_page=is_page)


def lines(body: bytes) -> tuple[list[Any], int]:
    """Return the values of an answer with one in each line, and how many lines were no JSON."""
    values, broken = [], 0
    for line in body.splitlines():
        if not line.strip():
            continue
        try:
            values.append(loads(line))
        except NotJson:
            broken += 1
    return values, broken


def rows(value: Any, name: str) -> list[dict[str, Any]] | None:
    """Return the objects in the list that an answer has under a name; an empty list where it has none at all.

    None where there is something else under the name, or the answer is no object.
    """
    found = value.get(name, []) if isinstance(value, dict) else None
    if found is None and isinstance(value, dict):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else None


def text(value: Any, most: int = 2048) -> str:
    """Return a value as one line of text; empty where it is no text."""
    return " ".join(value.replace("\0", " ").split())[:most] if isinstance(value, str) else ""
