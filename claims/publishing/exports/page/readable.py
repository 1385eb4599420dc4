"""A report's content in words: codes by their labels, dates as the reader writes them, links that can be followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format

from claims.models.vocabulary import (
    AppearanceRole,
    ClaimType,
    Directness,
    EditedPart,
    Modality,
    Nearness,
    Qualifier,
    Stance,
    WordingKind,
)
from sources.language.direction import direction
from sources.models.vocabulary import DatePrecision, Engine, Outcome, SourceKind
from workbench.desk.language_names import language_name

# The words for the codes in a report's content, by the name under which the content keeps them.
WORDS: dict[str, type[TextChoices]] = {
    "claim_type": ClaimType,
    "directness": Directness,
    "engine": Engine,
    "modality": Modality,
    "nearness": Nearness,
    "outcome": Outcome,
    "part": EditedPart,
    "qualifier": Qualifier,
    "role": AppearanceRole,
    "source_kind": SourceKind,
    "stance": Stance,
    "wording_kind": WordingKind,
}
PRECISION = {
    "claimed_at": "claimed_precision",
    "published_at": "published_precision",
    "reviewed_at": "reviewed_precision",
    "or_published_at": "published_precision",
}
FORMATS = {DatePrecision.YEAR: "Y", DatePrecision.MONTH: "YEAR_MONTH_FORMAT"}

Facts = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """A time as a page needs it: for machines, as a date no finer than it is known, and in full."""

    iso: str
    day: str
    full: str


def of(value: Any) -> Any:
    """Return content with words for its codes, dates in the reader's form, and links only where one can follow them."""
    if isinstance(value, list):
        return [of(each) for each in value]
    if not isinstance(value, dict):
        return value
    facts = {name: of(each) for name, each in value.items()}
    for name, code in value.items():
        if isinstance(code, str) and code:
            facts |= _explained(name, code, value)
    return facts


def _explained(name: str, code: str, beside: Facts) -> Facts:
    """Return what a page shows for one value of the content, given the values beside it."""
    if name in WORDS:
        return {f"{name}_label": WORDS[name](code).label}
    if name.endswith(("_at", "as_of", "deleted_since")):
        return {name: moment(code, beside.get(PRECISION.get(name, ""), ""))}
    if name == "language":
        return {"language_label": language_name(code)}
    if name in {"text", "exact"}:
        return {"dir": direction(code)}
    if name == "url" and code.startswith(("http://", "https://")):
        return {"link": code}
    return {}


def moment(iso: str, precision: str = "") -> Moment:
    """Return a time of a report's content for its page, with a day no finer than it is known."""
    at = datetime.fromisoformat(iso)
    day = date_format(at, FORMATS.get(DatePrecision(precision), "DATE_FORMAT") if precision else "DATE_FORMAT")
    return Moment(iso, day, f"{date_format(at, 'DATE_FORMAT')}, {at:%H:%M} UTC")
