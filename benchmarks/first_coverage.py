"""First outside coverage: seconds from logging a claim until its page shows what a provider on loopback found.

The desk is empty. Web server, worker and clock run as ``manage.py up`` starts them, with the model that it carries. A
server on loopback answers as SearXNG, GDELT DOC and Google Fact Check Tools do, others serve the articles. A reporter
logs each claim with the form, and opens its page again and again until the article is there to be weighed.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from lxml import html

from benchmarks.desk import Desk, desk
from benchmarks.measuring import arguments, report, say
from benchmarks.pages import at_work, served
from benchmarks.provider_server import ProviderServer, Query, Said, serving
from benchmarks.visitors import PATIENCE, signed_in

SETTINGS = {"WORKBENCH_SAMPLE": "true", "WORKBENCH_LOG_LEVEL": "ERROR", "WEB_ACCESS_LOG": ""}
SHOWN = "//*[@id='suggestions' or @id='earlier-checks']"
LOOK = 0.25  # seconds between two looks at the page
# Each town has a claim of its own, and an article at each provider that says the same in other words.
TOWNS = ("Arvel", "Brenok", "Corvane", "Dastrel", "Elmora", "Fanrik", "Gostany", "Hirvale", "Istrova", "Jorunn")
CLAIM = "The dam of {town} failed on Monday because engineers ignored {number} warnings."
SEARXNG, GDELT, FACT_CHECKS = "searxng", "gdelt", "fact_checks"
TITLE = {SEARXNG: "Inquiry into the dam of {town} opens", GDELT: "What we know of the dam at {town}"}
STORY = (
    "The dam of {town} failed on Monday after engineers had ignored {number} warnings, an inquiry says.",
    "Some two thousand people had to leave their homes below it during the night, the mayor told reporters.",
    "The operator rejects that, and points to the heavy rain of the past three weeks in the whole region.",
    "Work on a temporary barrier begins in the coming days, as the ministry announced in the evening.",
)
CHECKER = "Checks of {town}"


@dataclass
class Waited:
    """How long a person waited for what each provider found, by the provider."""

    seconds: dict[str, list[float | None]] = field(default_factory=dict)

    def note(self, shown: dict[str, float]) -> None:
        """Add what one claim took; what never came has no time."""
        for engine in (*TITLE, FACT_CHECKS):
            self.seconds.setdefault(engine, []).append(shown.get(engine))

    def figures(self) -> dict[str, Any]:
        """Return the figures: the first coverage of each claim, and each provider."""
        first = [min((each for each in row if each is not None), default=None) for row in self._coverage()]
        return {"claims": len(first), **_figures(first), "providers": {k: _figures(v) for k, v in self.seconds.items()}}

    def _coverage(self) -> list[tuple[float | None, ...]]:
        return list(zip(*(self.seconds[engine] for engine in TITLE), strict=True))


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], data=False, claims=6, longest=60.0)
    waited = Waited()
    with desk(**SETTINGS) as here, press(here) as outlets, serving(lambda *asked: found(outlets, *asked)) as providers:
        people = here.told("people", "-m", "benchmarks.coverage_people", providers.url)
        base = served(here)
        at_work(here, base)
        session = signed_in(base, people["reporter"], people["password"])
        for number, town in enumerate(TOWNS[: options.claims], start=11):
            waited.note(shown_after(session, base, town, number, options.longest))
            say(f"{town}: { ({engine: rows[-1] for engine, rows in waited.seconds.items()}) }")
    report(**waited.figures())


@contextmanager
def press(here: Desk) -> Iterator[dict[str, ProviderServer]]:
    """Serve the articles that each provider finds, each from a host of its own that the desk may open."""
    with ExitStack() as open_servers:
        outlets = {
            engine: open_servers.enter_context(serving(lambda path, _query, title=title: article(path, title)))
            for engine, title in TITLE.items()
        }
        ports = {name: server.server_port for name, server in outlets.items()}
        (here.var / "press.json").write_text(json.dumps({"outlets": ports}))
        yield outlets


def article(path: str, title: str) -> Said:
    """Return the article on a town; no other page is there, and no robots.txt."""
    town = path.strip("/")
    if town not in TOWNS:
        return Said("", 404, "text/html")
    number = TOWNS.index(town) + 11
    story = "".join(f"<p>{part.format(town=town, number=number)}</p>" for part in STORY)
    head = f"<title>{title.format(town=town)}</title>"
    body = f"<article><h1>{title.format(town=town)}</h1>{story}</article>"
    return Said(f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>', kind="text/html")


def found(outlets: dict[str, ProviderServer], path: str, query: Query) -> Said:
    """Answer as the provider does whose address was asked, with what there is on the towns in the words."""
    asked = (query.get("q") or query.get("query") or [""])[0]
    towns = [town for town in TOWNS if town in asked]
    if path.startswith("/checks"):
        return Said({"claims": [_review(town) for town in towns]})
    engine = SEARXNG if path.startswith("/searxng") else GDELT
    rows = [{"url": f"{outlets[engine].url}/{town}", "title": TITLE[engine].format(town=town)} for town in towns]
    return Said({"results" if engine == SEARXNG else "articles": rows})


def _review(town: str) -> dict[str, Any]:
    claim = CLAIM.format(town=town, number=TOWNS.index(town) + 11)
    review = {
        "publisher": {"name": CHECKER.format(town=town), "site": "checks.example"},
        "url": f"https://checks.example/{town}",
        "textualRating": "Unproven",
        "languageCode": "en",
    }
    return {"text": claim, "claimReview": [review]}


def shown_after(session: requests.Session, base: str, town: str, number: int, longest: float) -> dict[str, float]:
    """Log a claim with the form; return after how many seconds its page showed what each provider had found.

    What has not come after the ``longest`` time never comes.
    """
    address, began = logged(session, base, CLAIM.format(town=town, number=number)), time.monotonic()
    wanted = {**TITLE, FACT_CHECKS: CHECKER}
    shown: dict[str, float] = {}
    while len(shown) < len(wanted) and (took := time.monotonic() - began) < longest:
        page = html.fromstring(session.get(address, timeout=PATIENCE).content)
        text = " ".join(part.text_content() for part in page.xpath(SHOWN))
        for engine, words in wanted.items():
            if engine not in shown and words.format(town=town) in text:
                shown[engine] = round(took, 2)
        time.sleep(LOOK)
    return shown


def logged(session: requests.Session, base: str, text: str) -> str:
    """Log a claim as a person does, also where the page asks whether it was logged before; return its address."""
    answer = session.get(f"{base}/claims/log/", timeout=PATIENCE)
    for _try in range(3):
        form = next(form for form in html.fromstring(answer.content).forms if "text" in form.fields)
        sent = {**dict(form.form_values()), "text": text, "language": "en"}
        answer = session.post(f"{base}/claims/log/", data=sent, headers={"Referer": base}, timeout=PATIENCE)
        if answer.ok and not answer.url.endswith("/log/"):
            return answer.url
    raise SystemExit(f"The claim could not be logged: {answer.status_code}")


def _figures(seconds: list[float | None]) -> dict[str, float | int | None]:
    got = [each for each in seconds if each is not None]
    return {
        "never": len(seconds) - len(got),
        "median_seconds": statistics.median(got) if got else None,
        "slowest_seconds": max(got) if got and len(got) == len(seconds) else None,
    }


if __name__ == "__main__":
    main()
