"""Article bodies: how well our reading finds them, and how fast; trafilatura alone beside it."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import trafilatura
from trafilatura.settings import Document

from benchmarks.measuring import arguments, files, report, say
from sources.text import charset, html

SHINGLE = 4  # words
WORD = re.compile(r"\w+")
HTML = "text/html"  # the encoding is for the page to say, as on the web


class Page(NamedTuple):
    body: bytes
    url: str
    gold: str


class Match(NamedTuple):
    """How the shingles of a text compare with those of the gold: shares of all, or zeros where there are none."""

    both: float
    extra: float
    missed: float


def main() -> None:
    """Take the figures."""
    data = arguments(str(__doc__)).data
    found = pages(data)
    say(f"{len(found)} pages")
    for page in found[:3]:
        ours(page), theirs(page)  # what is loaded at the first page is not the page's
    mine, seconds = read_all(found, ours)
    say(f"ours: F1 {mine['f1']:.4f}")
    reference, their_seconds = read_all(found, theirs)
    report(
        **mine,
        pages=len(found),
        pages_per_cpu_second=round(len(found) / seconds, 1),
        reference={
            "trafilatura": {
                **reference,
                "version": trafilatura.__version__,
                "pages_per_cpu_second": round(len(found) / their_seconds, 1),
            }
        },
    )


def pages(data: Path) -> list[Page]:
    """Return the pages with their gold bodies: ``ground-truth.json`` and ``html/<key>.html.gz`` or ``.html``."""
    content = {Path(name).name: body for name, body in files(data, "article_extraction")}
    truth = json.loads(content["ground-truth.json"])
    found = []
    for key, gold in sorted(truth.items()):
        packed, plain = content.get(f"{key}.html.gz"), content.get(f"{key}.html")
        body = gzip.decompress(packed) if packed is not None else plain
        if body is not None:
            found.append(Page(body, gold.get("url") or f"https://{key}.example/", gold["articleBody"]))
    return found


def ours(page: Page) -> str:
    """Return the body as our reading finds it; nothing where it finds none."""
    try:
        return html.read(page.body, HTML, page.url).text
    except html.Unreadable:
        return ""


def theirs(page: Page) -> str:
    """Return the body as trafilatura gives it, its metadata read as well."""
    text = charset.decode(page.body, HTML)
    found = trafilatura.bare_extraction(text, url=page.url, include_comments=False, with_metadata=True)
    return (found.text or "") if isinstance(found, Document) else ""


def read_all(found: list[Page], read: Callable[[Page], str]) -> tuple[dict[str, float], float]:
    """Return the scores of a way to read, and the CPU seconds it took."""
    start = time.process_time()
    texts = [read(page) for page in found]
    seconds = time.process_time() - start
    return scores([match(page.gold, text) for page, text in zip(found, texts, strict=True)]), seconds


def match(gold: str, text: str) -> Match:
    """Compare a text with the gold by their shingles, as the article extraction benchmark does."""
    wanted, given = shingles(gold), shingles(text)
    both = sum((wanted & given).values())
    extra, missed = sum((given - wanted).values()), sum((wanted - given).values())
    every = both + extra + missed or 1
    return Match(both / every, extra / every, missed / every)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return how often each run of four words is in a text; a shorter text is one run."""
    words = WORD.findall(text)
    return (
        Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
        if words
        else Counter()
    )


def scores(matches: list[Match]) -> dict[str, float]:
    """Return mean precision and recall, and F1 of the two means, as the article extraction benchmark gives it."""
    precision = sum(one.both / (one.both + one.extra or 1) for one in matches) / len(matches)
    recall = sum(one.both / (one.both + one.missed or 1) for one in matches) / len(matches)
    f1 = 2 * precision * recall / (precision + recall or 1)
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4)}


if __name__ == "__main__":
    main()
