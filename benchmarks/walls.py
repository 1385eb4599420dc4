"""Walls: how often an article is taken for a wall, a wall for an article, and how often nobody knows.

``--data`` names a folder with ``wall/`` and ``article/`` pages (html). Pages that the benchmark makes itself in
eleven languages are measured always, and beside them pages in two languages of which the product knows no word of a
wall. The product as it was stands beside it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks import wall_pages, walls_before
from benchmarks.measuring import arguments, files, report, say, share, unpacked, unusable
from benchmarks.wall_pages import MadePage
from sources.formats import charset, walls

KINDS = {"wall": True, "article": False}
UNTABLED = {"pt", "pl"}  # languages without words of walls

Judge = Callable[[str], str]  # wall, article or doubt


def main() -> None:
    """Take the figures."""
    given = arguments(str(__doc__), data=False).data
    every = list(wall_pages.made())
    made = [page for page in every if page.language not in UNTABLED]
    others = [page for page in every if page.language in UNTABLED]
    own, seconds = measured(made, now)
    say(f"made pages: {own}")
    told: dict[str, Any] = {
        "made": own | {"kinds": by_kind(made)},
        "made_without_words": measured(others, now)[0] | {"kinds": by_kind(others)},
        "pages_per_cpu_second": round(len(made) / seconds, 1),
    }
    reference = {"made": measured(made, before)[0], "made_without_words": measured(others, before)[0]}
    headline = own
    if given is not None and given.exists():
        pages = given_pages(given)
        headline = told["data"] = measured(pages, now)[0]
        reference["data"] = measured(pages, before)[0]
    elif given is not None:
        say(f"There is no {given}: only pages that this benchmark makes were measured.")
    report(**headline, **told, reference={"product_as_it_was": reference})


def given_pages(data: Path) -> list[MadePage]:
    """Return the pages of a folder, each with what its own folder says it is."""
    pages = []
    for name, content in files(data, "walls"):
        kind = next((KINDS[part] for part in Path(name).parts[:-1] if part in KINDS), None)
        if kind is not None and Path(name.removesuffix(".gz")).suffix in {".html", ".htm"}:
            html = charset.decode(unpacked(name, content), "text/html")
            pages.append(MadePage(Path(name).name, "", kind, html))
    if not pages:
        unusable(f"There are no pages in wall/ or article/ in {data}.")
    return pages


def now(html: str) -> str:
    """Return what the product thinks a page is."""
    found = walls.look(html, wall_pages.URL)
    return "wall" if found.wall else "doubt" if found.may_be_wall else "article"


def before(html: str) -> str:
    """Return what the product thought it was."""
    return "wall" if walls_before.wall(html, wall_pages.URL) else "article"


def measured(pages: Iterable[MadePage], judge: Judge) -> tuple[dict[str, Any], float]:
    """Return the shares of articles taken for walls, walls taken for articles, and doubt; and the CPU seconds."""
    start = time.process_time()
    found = Counter((page.is_wall, judge(page.html)) for page in pages)
    seconds = time.process_time() - start
    articles, of_walls = (sum(n for (is_wall, _said), n in found.items() if is_wall == kind) for kind in (False, True))
    doubts = found[True, "doubt"] + found[False, "doubt"]
    figures = {
        "false_walls": share(found[False, "wall"], articles),
        "missed_walls": share(found[True, "article"], of_walls),
        "doubtful": share(doubts, articles + of_walls),
    }
    rounded = {name: None if value is None else round(value, 4) for name, value in figures.items()}
    return rounded | {"articles": articles, "walls": of_walls}, seconds


def by_kind(pages: Iterable[MadePage]) -> dict[str, str]:
    """Return the kinds of pages that were judged wrong or in doubt, with how many of how many."""
    all_of, wrong = Counter[str](), Counter[tuple[str, str]]()
    for page in pages:
        all_of[page.name] += 1
        said = now(page.html)
        if said != ("wall" if page.is_wall else "article"):
            wrong[page.name, said] += 1
    return {f"{name} as {said}": f"{n} of {all_of[name]}" for (name, said), n in sorted(wrong.items())}


if __name__ == "__main__":
    main()
