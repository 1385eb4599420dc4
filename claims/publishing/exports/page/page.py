"""The page of a report for readers, with corrections on top and ClaimReview data for search engines inside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from claims.models import Correction, Report
from claims.models.vocabulary import (
    AppearanceRole,
    ClaimAct,
    ClaimType,
    CorrectionKind,
    Directness,
    Modality,
    Nearness,
    Qualifier,
    Stance,
    WordingKind,
)
from claims.publishing.exports.claimreview import claimreview
from sources.language.direction import direction
from sources.models.vocabulary import DatePrecision, Engine, Outcome, SourceKind
from workbench.desk.models import User

# The words for the codes in a report's content, by the name under which the content keeps them.
WORDS: dict[str, type[TextChoices]] = {
    "claim_type": ClaimType,
    "directness": Directness,
    "engine": Engine,
    "modality": Modality,
    "nearness": Nearness,
    "outcome": Outcome,
    "qualifier": Qualifier,
    "role": AppearanceRole,
    "source_kind": SourceKind,
    "stance": Stance,
    "wording_kind": WordingKind,
}
PRECISION = {"claimed_at": "claimed_precision", "published_at": "published_precision"}
FORMATS = {DatePrecision.YEAR: "Y", DatePrecision.MONTH: "YEAR_MONTH_FORMAT"}

LONG, VERY_LONG = 140, 400  # characters from which a claim is set smaller as a headline

# What could end the script element (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Facts = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """A time as a page shows it: for machines, as a date no more precise than known, and in full."""

    iso: str
    day: str
    full: str


def render(
    report: Report,
    *,
    corrections: Iterable[Correction] = (),
    newer: Report | None = None,
    translations: Iterable[Report] = (),
    reader: User | None = None,
) -> str:
    """Return the page of a report in its own language, with later corrections on top.

    ``corrections`` come from ``Report.put_right``, ``newer`` is a later report on the same claim, ``translations``
    are reports of the same verdict in other languages. A ``reader`` who is signed in gets a link to the workbench.
    """
    content = json.loads(report.content)
    corrections = list(corrections)
    own = [each for each in corrections if each.report_id == report.pk]
    retractions = [each for each in own if each.kind == CorrectionKind.RETRACTION]
    retracted = bool(retractions)
    told = [*retractions, *(each for each in corrections if each not in retractions)]
    with translation.override(report.language), timezone.override(UTC):
        return render_to_string(
            "claims/report.html",
            {
                **shown(content, report.sha256),
                "corrections": [_correction(each, report) for each in told],
                "own": own,
                "retracted": retracted,
                "newer": newer,
                "translations": translations,
                "reader": reader,
                "claim_url": report.decision.claim.get_absolute_url() if reader else "",
                "may_correct": reader is not None and reader.may(ClaimAct.REPORT) and not retracted,
                "claimreview": ""
                if retracted
                else script(claimreview.of(content, corrections)),  # machines do not see the banner
            },
        )


def shown(content: Facts, sha256: str) -> Facts:
    """Return what the body of a report shows in the active language, on the page and in the PDF."""
    readable: Facts = _readable(content)
    evidence = readable.pop("evidence")
    length = len(content["claim"]["text"])
    return {
        **{name: value for name, value in readable.items() if name != "report"},
        "imprint": readable["report"],
        "sha256": sha256,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "headline": "very-long" if length > VERY_LONG else "long" if length > LONG else "",
        "cited": [item for item in evidence if item["cited"]],
        "others": [item for item in evidence if not item["cited"]],
        "empty": [each for each in readable["searches"] if each["answered_at"] and not each["found"]],
        "first": next((each for each in readable["appearances"] if each["first_known"]), None),
    }


def script(data: Facts) -> SafeString:
    """Return JSON for a script element of a page, escaped so that nothing in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped on this line


def _correction(row: Correction, shown_on: Report) -> Facts:
    """Return a correction with its report, if that is another one, and the report to read instead."""
    return {
        "row": row,
        "made_at": _moment(row.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), ""),
        "of": row.report if row.report_id != shown_on.pk else None,
        "language_label": _language(row.report.language),
        "instead": row.replaced_by if row.replaced_by_id != shown_on.pk else None,
    }


def _readable(value: Any) -> Any:
    """Return content with labels for its codes, dates in the reader's format, and links only for web addresses."""
    if isinstance(value, list):
        return [_readable(each) for each in value]
    if not isinstance(value, dict):
        return value
    facts = {name: _readable(each) for name, each in value.items()}
    for name, code in value.items():
        if isinstance(code, str) and code:
            facts |= _explained(name, code, value)
    return facts


def _explained(name: str, code: str, beside: Facts) -> Facts:
    """Return what a page shows for one value of the content, given its other values."""
    if name in WORDS:
        return {f"{name}_label": WORDS[name](code).label}
    if name.endswith(("_at", "as_of")):
        return {name: _moment(code, beside.get(PRECISION.get(name, ""), ""))}
    if name == "language":
        return {"language_label": _language(code)}
    if name in {"text", "exact"}:
        return {"dir": direction(code)}
    if name == "url" and code.startswith(("http://", "https://")):
        return {"link": code}
    return {}


def _moment(iso: str, precision: str) -> Moment:
    at = datetime.fromisoformat(iso)
    day = date_format(at, FORMATS.get(DatePrecision(precision), "DATE_FORMAT") if precision else "DATE_FORMAT")
    return Moment(iso, day, f"{date_format(at, 'DATE_FORMAT')}, {at:%H:%M} UTC")


def _language(code: str) -> str:
    try:
        return str(translation.get_language_info(code)["name_translated"])
    except KeyError:
        return code
