"""The outlets and articles of the sample press (sample data), and the addresses where this machine serves them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

HERE = Path(__file__).parent
LOOPBACK = "127.0.0.1"
RTL = {"ar"}


class PressRole(StrEnum):
    """What an article is, in the story the sample press tells."""

    LEAD = "lead"
    DISPATCH = "dispatch"
    COPY = "copy"
    TRANSLATION = "translation"
    INDEPENDENT = "independent"
    DENIAL = "denial"
    OTHER_FIGURES = "other figures"
    LAUNDERING = "laundering"
    EDITED = "edited"
    UNRELATED = "unrelated"
    WALLED = "walled"
    FORBIDDEN = "forbidden"
    GONE = "gone"


class Relation(StrEnum):
    """How a whole article relates to the central claim; its single passages are in ``PressArticle.bearing``."""

    REPEATS = "repeats"
    DENIES = "denies"  # reports the denial by the accused; may quote the claim as well
    DISPUTES = "disputes"  # findings of its own that speak against it
    SILENT = "silent"  # same events, not a word on the claim
    UNRELATED = "unrelated"  # same names, other matter


class Served(StrEnum):
    """What somebody who opens the article's address gets."""

    PAGE = "page"
    CONSENT_WALL = "consent wall"
    FORBIDDEN = "forbidden by robots.txt"
    GONE = "gone"


@dataclass(frozen=True)
class Outlet:
    """A publisher of the sample press; ``notes`` holds its owner and declared interests."""

    slug: str
    name: str
    names: Mapping[str, str]  # its name in other languages, by language
    kind: str  # outlet or agency
    language: str
    languages: tuple[str, ...]
    description: str
    notes: str
    layout: str
    feed: str  # path
    feed_make: str  # rss or atom
    color: str
    charset: str = "utf-8"
    charset_in_header: bool = True  # False: only the page's own <meta> says it
    forbidden: tuple[str, ...] = ()  # path prefixes closed by robots.txt
    crawl_delay: int | None = None  # seconds


@dataclass(frozen=True)
class PressAttribution:
    """One link of an attribution chain; ``source`` is None where the text names nobody."""

    source: str | None
    kind: str
    modality: str
    directness: str
    verb: str | None = None


@dataclass(frozen=True)
class CentralClaim:
    """The claim to follow: its own words, the exact words in the lead, and who is said to say so, outermost first."""

    text: str
    short_text: str
    quote: str
    type: str
    attribution: tuple[PressAttribution, ...]


@dataclass(frozen=True)
class Bearing:
    """An exact passage that bears on the central claim: supports, refutes or discusses."""

    quote: str
    stance: str


@dataclass(frozen=True)
class PressEdit:
    """How an article reads after it was changed in place."""

    title: str
    summary: str
    replacements: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PressArticle:
    """One published page and what a person who knows the whole story says of it."""

    key: str
    outlet: str  # slug
    path: str
    language: str
    hours_before: int  # published so many hours before the press was first started
    title: str
    summary: str
    byline: str
    section: str
    paragraphs: tuple[str, ...]
    role: PressRole
    relation: Relation
    figures: Mapping[str, tuple[int, ...]]  # every value the text gives for a measure
    served: Served = Served.PAGE
    copied_from: str | None = None  # key of the article whose text this is
    credit: str | None = None  # named, vague or none; None where nothing is copied
    bearing: tuple[Bearing, ...] = ()
    context: tuple[str, ...] = ()  # exact passages on the same ambush: harmless to suggest, needless to find
    claim: CentralClaim | None = None
    edit: PressEdit | None = None

    @property
    def text(self) -> str:
        """The body as first published, paragraphs divided by an empty line."""
        return "\n\n".join(self.paragraphs)

    @property
    def direction(self) -> str:
        """Writing direction for HTML: ltr or rtl."""
        return "rtl" if self.language in RTL else "ltr"

    def published_at(self, first_started_at: datetime) -> datetime:
        """Return when the article appeared."""
        return first_started_at - timedelta(hours=self.hours_before)

    def edited(self) -> PressArticle:
        """Return the article as it reads after its edit in place; itself if it has none."""
        if self.edit is None:
            return self
        text = self.text
        for before, after in self.edit.replacements:
            text = text.replace(before, after)
        return PressArticle(
            **{
                **self.__dict__,
                "title": self.edit.title,
                "summary": self.edit.summary,
                "paragraphs": tuple(text.split("\n\n")),
            }
        )


@cache
def outlets() -> list[Outlet]:
    """Return all outlets and agencies of the sample press."""
    written = tomllib.loads((HERE / "outlets.toml").read_text("utf-8"))
    return [
        Outlet(
            **facts
            | {"slug": slug, "languages": tuple(facts["languages"]), "forbidden": tuple(facts.get("forbidden", ()))}
        )
        for slug, facts in written.items()
    ]


@cache
def catalog() -> Mapping[str, PressArticle]:
    """Return every article by its key: the right answers that suggestions can be checked against."""
    articles = [_read(path) for path in sorted((HERE / "articles").glob("*.txt"))]
    return MappingProxyType({article.key: article for article in articles})


def articles_of(slug: str) -> list[PressArticle]:
    """Return an outlet's articles, the latest first."""
    return sorted((a for a in catalog().values() if a.outlet == slug), key=lambda a: a.hours_before)


def lead() -> PressArticle:
    """Return the article that the sample case starts from; its ``claim`` is set."""
    return next(article for article in catalog().values() if article.role == PressRole.LEAD)


def press_addresses(ports_file: Path) -> dict[str, str]:
    """Return each outlet's base URL without a final slash; nothing before the press was first started."""
    if not ports_file.exists():
        return {}
    ports = json.loads(ports_file.read_text("utf-8"))["outlets"]
    return {slug: f"http://{LOOPBACK}:{port}" for slug, port in ports.items()}


def declared(ports_file: Path) -> frozenset[tuple[str, int]]:
    """Return the exact (address, port) pairs the fetcher may open although they are on loopback."""
    return frozenset((LOOPBACK, int(url.rpartition(":")[2])) for url in press_addresses(ports_file).values())


def _read(path: Path) -> PressArticle:
    """Read one article: a TOML header between two ``+++`` lines, then paragraphs."""
    key, language = path.stem.rsplit(".", 1)
    _, header, body = path.read_text("utf-8").split("+++\n", 2)
    facts: dict[str, Any] = tomllib.loads(header)
    claim = facts.pop("claim", None)
    edit = facts.pop("edited", None)
    return PressArticle(
        key=key,
        language=language,
        paragraphs=tuple(body.strip().split("\n\n")) if body.strip() else (),
        role=PressRole(facts.pop("role")),
        relation=Relation(facts.pop("relation")),
        served=Served(facts.pop("served", Served.PAGE)),
        figures={measure: tuple(values) for measure, values in facts.pop("figures").items()},
        bearing=tuple(Bearing(**one) for one in facts.pop("bearing", ())),
        context=tuple(facts.pop("context", ())),
        claim=_claim(claim) if claim else None,
        edit=PressEdit(edit["title"], edit["summary"], tuple((a, b) for a, b in edit["replacements"]))
        if edit
        else None,
        **facts,
    )


def _claim(facts: dict[str, Any]) -> CentralClaim:
    chain = tuple(PressAttribution(**{"source": None, **link}) for link in facts.pop("attribution"))
    return CentralClaim(attribution=chain, **facts)
