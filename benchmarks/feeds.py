"""Feeds: how many of other projects' test feeds we read without an exception, and as they expect."""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html

from benchmarks.measuring import arguments, files, report, say, share, unusable, without_apps
from sources.formats import feeds, sandbox
from sources.formats.feed_entries import NotAFeed, Parsed

BASE = "http://127.0.0.1:8097/"  # where feedparser's tests are served
OF_FEED = {"title"}
OF_ENTRY = {"link", "title", "published_parsed", "updated_parsed"}

NO_FEED = re.compile(r"LICEN[CS]E|NOTICE|COPYING|README|.*\.(?:md|rst|tar|tgz|tar\.gz|zip)$", re.IGNORECASE)
_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:-->|\n)")
_HEADER = re.compile(r"Header:\s*([\w-]+):\s*(.+?)\s*(?:-->|\n)")


def main() -> None:
    """Take the figures."""
    data: Path = arguments(str(__doc__)).data
    without_apps()
    found: Counter[str] = Counter()
    named: dict[str, list[str]] = {"exceptions": [], "unmet": []}
    for name, body in files(data, "feeds"):
        if NO_FEED.match(name.rpartition("/")[2]):
            continue
        judge(name, body, found, named)
        if not found["feeds"] % 200:
            say(f"{found['feeds']} feeds")
    sandbox.stop()  # what the process that parses took is known once it has ended
    if found["feeds"] == found["not a feed"]:
        unusable(f"There are no feeds in {data}.")
    for what, names in named.items():
        say(f"{what}: {' '.join(names) or 'none'}")
    report(
        exceptions=found["exceptions"],
        expectations_met=share(found["met"], found["expected"]),
        feeds=found["feeds"],
        not_a_feed=found["not a feed"],
        expectations=found["expected"],
        met=found["met"],
        cpu_seconds=round(sum(os.times()[:4]), 1),
        named=named,
    )


def judge(name: str, body: bytes, found: Counter[str], named: dict[str, list[str]]) -> None:
    """Read one feed, and hold what comes of it against what is expected of links, titles and dates."""
    found["feeds"] += 1
    head = body.replace(b"\0", b"")[:4_096].decode("latin-1")
    served = {name.lower(): value for name, value in _HEADER.findall(head)}
    how = served.get("content-type", "application/xml"), urljoin(BASE, served.get("content-location", ""))
    try:
        parsed = feeds.read(body, *how)
        sandbox.feed(body, *how)
    except NotAFeed:
        found["not a feed"] += 1
        parsed = Parsed("rss")
    except Exception as error:  # noqa: BLE001 -- they are what is counted
        found["exceptions"] += 1
        named["exceptions"].append(f"{name} ({error!r})")
        return
    expected = _EXPECT.search(body.decode("utf-8", "replace").replace("\0", "")[:4_096])
    question = _asked(expected[1]) if expected else None
    if question is not None:
        found["expected"] += 1
        if _holds(question, parsed):
            found["met"] += 1
        else:
            named["unmet"].append(name)


def _asked(expectation: str) -> ast.Expression | None:
    """Return an expectation on a link, a title or a date, without what is said of anything else; None for others."""
    try:
        tree = ast.parse(expectation, mode="eval")
    except SyntaxError:
        return None
    parts = tree.body.values if isinstance(tree.body, ast.BoolOp) and isinstance(tree.body.op, ast.And) else [tree.body]
    ours = [part for part in parts if isinstance(part, ast.Compare) and _is_ours(part)]
    others = [part for part in parts if part not in ours and "bozo" not in ast.dump(part)]
    if not ours or others:
        return None
    values: list[ast.expr] = [_Text().visit(part) for part in ours]
    whole = values[0] if len(values) == 1 else ast.BoolOp(ast.And(), values)
    return ast.fix_missing_locations(ast.Expression(whole))


def _is_ours(part: ast.Compare) -> bool:
    """Return whether both sides are things that we read, or constants."""
    return isinstance(part.ops[0], ast.Eq) and all(_reads(side) for side in (part.left, *part.comparators))


def _reads(side: ast.expr) -> bool:
    text = ast.unparse(side)
    if isinstance(side, ast.Constant | ast.Tuple) or text.startswith("u'"):
        return True
    plain = re.fullmatch(r"(feed|entries\[\d\])(?:\['(\w+)'\]|\.(\w+))", text)
    return bool(plain) and (plain[2] or plain[3]) in (OF_FEED if plain[1] == "feed" else OF_ENTRY)


class _Text(ast.NodeTransformer):
    """Makes of expected markup the text in it, which is what we keep."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Return a constant as we would have it."""
        return ast.Constant(plain(node.value)) if isinstance(node.value, str) else node


def plain(text: str) -> str:
    """Return the text in a piece of markup, on one line."""
    if re.search(r"<[a-zA-Z/!]|&[#\w]+;", text):
        text = str(lxml.html.fragment_fromstring(text, create_parent="div").text_content())
    return " ".join(text.split())


class _Row(dict):  # type: ignore[type-arg]
    """A row whose cells can be read by name, as those of feedparser."""

    __getattr__ = dict.__getitem__


def _holds(question: ast.Expression, parsed: Parsed) -> bool:
    entries = [
        _Row(
            link=entry.url,
            title=entry.title,
            published_parsed=_nine(entry.published),
            updated_parsed=_nine(entry.published),
        )
        for entry in parsed.entries
    ]
    names: dict[str, Any] = {"__builtins__": {}, "feed": _Row(title=parsed.title), "entries": entries}
    code = compile(question, "Expect", "eval")
    try:
        return bool(eval(code, names))  # noqa: S307 -- only comparisons of what we read with constants come here
    except (LookupError, TypeError):
        return False


def _nine(moment: datetime | None) -> tuple[int, ...] | None:
    """Return a moment as the nine numbers of feedparser."""
    return (*moment.utctimetuple()[:8], 0) if moment else None


if __name__ == "__main__":
    main()
