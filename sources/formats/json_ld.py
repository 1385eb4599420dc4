"""The objects in the JSON-LD of a page, and the one that describes its article."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

MOST_JSON = 400_000  # characters of one block; larger ones are product catalogs
MOST_NODES = 2_000


def objects(page: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in the JSON-LD of a page, outermost first; none of a block that is broken or huge."""
    for script in page.iterfind('.//script[@type="application/ld+json"]'):
        yield from _objects(script.text or "")


def types_of(node: dict[str, Any]) -> set[str]:
    """Return the types of an object, without the address of their vocabulary."""
    kinds = node.get("@type", [])
    return {str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])}


def parts_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts that an object names (schema.org/hasPart)."""
    parts = node.get("hasPart")
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]


def yes_or_no(value: object) -> bool | None:
    """Return a truth value as publishers write it; None for anything else."""
    return {"true": True, "false": False}.get(str(value).strip().lower().rsplit("/", 1)[-1])


def _objects(text: str) -> Iterator[dict[str, Any]]:
    if len(text) > MOST_JSON:
        return
    try:
        waiting: deque[Any] = deque([json.loads(text, strict=False)])
    except (ValueError, RecursionError):
        return
    for _count in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
