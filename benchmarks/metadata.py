"""Title, author and day of publication of articles: how often ours are right; trafilatura and htmldate beside them."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import htmldate
import trafilatura
from trafilatura.settings import Document
from trafilatura.utils import load_html

from benchmarks.extraction import gold_of
from benchmarks.measuring import arguments, files, report, say, share, unpacked, unusable
from sources.formats import charset
from sources.formats.headline import alike
from sources.formats.metadata import told

WORD = re.compile(r"\w+")
HTML = "text/html"  # the encoding is for the page to say, as on the web
FIELDS = ("title", "title_exact", "date_day", "author")


class Answer(NamedTuple):
    """What a way to read finds, or what the gold says: a title, a day (ISO 8601) and names; empty where nothing."""

    title: str = ""
    date_day: str = ""
    author: tuple[str, ...] = ()
    confidence: float = 0.0


class Page(NamedTuple):
    key: str
    text: str
    url: str
    gold: Answer


def main() -> None:
    """Take the figures."""
    given = arguments(str(__doc__), misses=0)
    found = pages(given.data)
    say(f"{len(found)} pages")
    for page in found[:3]:
        for read in (ours, fast, standard, by_htmldate):
            read(page)  # what is loaded at the first page is not the page's
    mine, seconds = judged(found, ours, given.misses)
    say(f"ours: {mine}")
    report(
        **mine,
        pages=len(found),
        pages_per_cpu_second=round(len(found) / seconds, 1),
        reference={
            "trafilatura fast": {**judged(found, fast)[0], "version": trafilatura.__version__},
            "trafilatura standard": judged(found, standard)[0],
            "htmldate": {"date_day": judged(found, by_htmldate)[0]["date_day"]},
        },
    )


def pages(data: Path) -> list[Page]:
    """Return the pages of which ``ground-truth.json`` gives a headline, a date or an author."""
    content = {Path(name).name: body for name, body in files(data, "article_extraction")}
    if "ground-truth.json" not in content:
        unusable(f"There is no ground-truth.json in {data}.")
    found = []
    for key, gold in sorted(gold_of(content["ground-truth.json"]).items()):
        name = next((name for name in (f"{key}.html.gz", f"{key}.html") if name in content), "")
        wanted = Answer(_line(gold.get("headline")), _day(gold.get("datePublished")), _names(gold.get("author")))
        if name and any(wanted):
            text = charset.decode(unpacked(name, content[name]), HTML)
            found.append(Page(key, text, gold.get("url") or f"https://{key}.example/", wanted))
    if not found:
        unusable(f"No page in {data} has a headline, datePublished or author in its ground-truth.json.")
    return found


def ours(page: Page) -> Answer:
    """Return what our reading finds."""
    tree = load_html(page.text)
    if tree is None:
        return Answer()
    facts = told(tree, page.url)
    published = facts.published
    is_day = published and published.precision in {"day", "minute"} and published.until is None
    day = published.value.date().isoformat() if published and is_day else ""
    return Answer(facts.title, day, _names(facts.byline), published.confidence if published else 0.0)


def fast(page: Page) -> Answer:
    """Return what trafilatura finds in its fast mode."""
    return _theirs(page, is_fast=True)


def standard(page: Page) -> Answer:
    """Return what trafilatura finds in its standard mode."""
    return _theirs(page, is_fast=False)


def by_htmldate(page: Page) -> Answer:
    """Return the day that htmldate finds with its usual settings."""
    return Answer(date_day=htmldate.find_date(page.text, url=page.url, original_date=True) or "")


def judged(found: list[Page], read: Callable[[Page], Answer], misses: int = 0) -> tuple[dict[str, Any], float]:
    """Return the share of pages with the right title, day and author, of those whose gold has one; and CPU seconds."""
    start = time.process_time()
    answers = []
    for page in found:
        answers.append(read(page))
        if not len(answers) % 100:
            say(f"{read.__name__}: {len(answers)} of {len(found)} pages")
    seconds = time.process_time() - start
    pairs = list(zip(found, answers, strict=True))
    for page, answer in pairs[: misses and len(pairs)]:
        _tell(page, answer)
    return {field: _right(pairs, field) for field in FIELDS}, seconds


def is_right(field: str, gold: Answer, answer: Answer) -> bool:
    """Return whether an answer has a title of the gold's article, its day, or exactly its authors (their words).

    A page has several titles: its heading, and those for search engines and links. ``title`` counts those that share
    most of their words with the gold, ``title_exact`` only the gold's own words.
    """
    if field == "title":
        return alike(gold.title, answer.title)
    if field == "title_exact":
        return _words(gold.title) == _words(answer.title)
    if field == "author":
        return {_words(name) for name in gold.author} == {_words(name) for name in answer.author}
    return gold.date_day == answer.date_day


def _right(pairs: list[tuple[Page, Answer]], field: str) -> float | None:
    judged_pairs = [(page.gold, answer) for page, answer in pairs if getattr(page.gold, _column(field))]
    part = share(sum(is_right(field, *pair) for pair in judged_pairs), len(judged_pairs))
    return None if part is None else round(part, 4)


def _column(field: str) -> str:
    return field.removesuffix("_exact")


def _tell(page: Page, answer: Answer) -> None:
    for field in FIELDS:
        gold = getattr(page.gold, _column(field))
        if gold and not is_right(field, page.gold, answer):
            say(f"{field}\t{page.key[:8]}\t{page.url}\n\tgold {gold!r}\n\tours {getattr(answer, _column(field))!r}")


def _theirs(page: Page, *, is_fast: bool) -> Answer:
    found = trafilatura.bare_extraction(page.text, url=page.url, fast=is_fast, with_metadata=True)
    if not isinstance(found, Document):
        return Answer()
    return Answer(found.title or "", found.date or "", _names(found.author))


def _day(value: object) -> str:
    found = re.match(r"\d{4}-\d\d-\d\d", str(value or "").strip())
    return found[0] if found else ""


def _names(value: object) -> tuple[str, ...]:
    """Return the names in a text, an object of schema.org or a list of either; "and" and commas are between two."""
    several = value if isinstance(value, list) else [value]
    texts = [_line(one.get("name") if isinstance(one, dict) else one) for one in several]
    names = [name.strip() for text in texts for name in re.split(r"\s*[;,|]\s*|\s+(?:and|und|et|&)\s+", text)]
    return tuple(name for name in names if name)


def _words(text: str) -> str:
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


if __name__ == "__main__":
    main()
