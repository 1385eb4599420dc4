"""Article bodies: how well our reading finds them, and how fast; trafilatura's fast and standard modes beside it."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import trafilatura
from trafilatura.settings import Document

from benchmarks.measuring import arguments, files, report, say, unpacked, unusable
from sources.formats import charset, html
from sources.formats.unreadable import Unreadable

SHINGLE = 4  # words
WORSE = 0.1  # of F1 on one page, below the better of the two references
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

    @property
    def f1(self) -> float:
        """Return the F1 of this page alone; 1 where there is nothing to be found, and nothing was."""
        every = 2 * self.both + self.extra + self.missed
        return 2 * self.both / every if every else 1.0


class Run(NamedTuple):
    """A way to read all pages: its scores, how each page compares, and pages per CPU second."""

    scores: dict[str, float]
    matches: list[Match]
    pace: float


def main() -> None:
    """Take the figures."""
    data = arguments(str(__doc__)).data
    found = pages(data)
    say(f"{len(found)} pages")
    for page in found[:3]:
        ours(page), fast(page), standard(page)  # what is loaded at the first page is not the page's
    mine = read_all(found, ours)
    say(f"ours: F1 {mine.scores['f1']:.4f}")
    references = {"trafilatura_fast": read_all(found, fast), "trafilatura_standard": read_all(found, standard)}
    report(
        **mine.scores,
        f1_halves=halves(mine),
        worse_than_reference=len(worse(mine, references, found)),
        pages=len(found),
        pages_per_cpu_second=mine.pace,
        reference={
            name: {
                **run.scores,
                "f1_halves": halves(run),
                "version": trafilatura.__version__,
                "pages_per_cpu_second": run.pace,
            }
            for name, run in references.items()
        },
    )


def worse(mine: Run, references: dict[str, Run], found: list[Page]) -> list[str]:
    """Return the addresses of pages where our F1 is .1 or more below that of the better reference."""
    best = [max(each) for each in zip(*([one.f1 for one in run.matches] for run in references.values()), strict=True)]
    rows = zip(found, mine.matches, best, strict=True)
    bad = [(page.url, one.f1, other) for page, one, other in rows if one.f1 <= other - WORSE]
    for url, ours_f1, other in bad:
        say(f"worse than the reference: {ours_f1:.3f} for {other:.3f}, {url}")
    return [url for url, *_figures in bad]


def halves(run: Run) -> list[float]:
    """Return the F1 of every second page, and of the others: what is right by chance differs between them."""
    return [scores(run.matches[first::2])["f1"] for first in (0, 1)]


def pages(data: Path) -> list[Page]:
    """Return the pages with their gold bodies: ``ground-truth.json`` and ``html/<key>.html.gz`` or ``.html``."""
    content = {Path(name).name: body for name, body in files(data, "article_extraction")}
    if "ground-truth.json" not in content:
        unusable(f"There is no ground-truth.json in {data}.")
    found = []
    for key, gold in sorted(gold_of(content["ground-truth.json"]).items()):
        name = next((name for name in (f"{key}.html.gz", f"{key}.html") if name in content), "")
        if name:
            url = gold.get("url") or f"https://{key}.example/"
            found.append(Page(unpacked(name, content[name]), url, gold.get("articleBody") or ""))
    if not found:
        unusable(f"There are no pages with a gold body in {data}.")
    return found


def gold_of(content: bytes) -> dict[str, dict[str, Any]]:
    """Return what ``ground-truth.json`` says of each page: ``articleBody`` and ``url``."""
    try:
        return {key: dict(gold) for key, gold in json.loads(content).items()}
    except (ValueError, TypeError, AttributeError) as error:
        unusable(f"ground-truth.json is not of the layout: {error!r}")


def ours(page: Page) -> str:
    """Return the body as our reading finds it; nothing where it finds none."""
    try:
        return html.read(page.body, HTML, page.url).text
    except Unreadable:
        return ""


def fast(page: Page) -> str:
    """Return the body as trafilatura's fast mode gives it, its metadata read as well."""
    return _theirs(page, is_fast=True)


def standard(page: Page) -> str:
    """Return the body as trafilatura gives it when it compares its rules with two other readers; metadata as well."""
    return _theirs(page, is_fast=False)


def _theirs(page: Page, *, is_fast: bool) -> str:
    text = charset.decode(page.body, HTML)
    found = trafilatura.bare_extraction(text, url=page.url, fast=is_fast, include_comments=False, with_metadata=True)
    return (found.text or "") if isinstance(found, Document) else ""


def read_all(found: list[Page], read: Callable[[Page], str]) -> Run:
    """Read all pages in one way."""
    start = time.process_time()
    texts = []
    for page in found:
        texts.append(read(page))
        if not len(texts) % 50:
            say(f"{read.__name__}: {len(texts)} of {len(found)} pages")
    seconds = time.process_time() - start
    matches = [match(page.gold, text) for page, text in zip(found, texts, strict=True)]
    return Run(scores(matches), matches, round(len(found) / seconds, 1))


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
    """Return mean precision and recall, and F1 of the two means, as the article extraction benchmark gives it.

    Where nothing was found there is no precision, and where there is nothing to be found no recall.
    """
    precision = _mean([one.both / (one.both + one.extra) for one in matches if one.both + one.extra])
    recall = _mean([one.both / (one.both + one.missed) for one in matches if one.both + one.missed])
    f1 = 2 * precision * recall / (precision + recall or 1)
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4)}


def _mean(values: list[float]) -> float:
    return sum(values) / (len(values) or 1)


if __name__ == "__main__":
    main()
