"""A report as ClaimReview, the form in which search engines and archives of fact-checks read it (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Correction, Report
from claims.models.vocabulary import CorrectionKind, Said
from claims.publishing import report_content
from claims.publishing.exports.format import Format, NotExported
from sources.models.vocabulary import DatePrecision, SourceKind

PERSONS = {SourceKind.PERSON, SourceKind.ACCOUNT}

# A claim that was found not to have been made by those it is attributed to is published without an author.
NOT_THEIRS = {Said.ALTERED, Said.NOT_FOUND}

# How much of an ISO 8601 time is known (schema.org/Date allows a year, a month or a day).
KNOWN = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}

Facts = dict[str, Any]


def render(report: Report) -> bytes:
    """Return the JSON-LD document of a report, with later corrections. Raises ``NotExported`` once it is retracted."""
    if report.corrections.filter(kind=CorrectionKind.RETRACTION).exists():
        raise NotExported(_("This report was retracted. It no longer has ClaimReview data."), HTTPStatus.GONE)
    return json.dumps(of(json.loads(report.content), report.put_right()), ensure_ascii=False, indent=2).encode()


def of(content: Facts, corrections: Iterable[Correction] = ()) -> Facts:
    """Return the ClaimReview of a report's content: https://schema.org/ClaimReview, with no value that is not known.

    A correction is a CorrectionComment on it (https://schema.org/correction); an update only makes it newer. That the
    report was retracted in another language is neither.
    """
    since = [each for each in corrections if each.kind != CorrectionKind.RETRACTION]
    imprint, verdict, claim = content["report"], content["verdict"], content["claim"]
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": imprint["address"],
            "datePublished": imprint["frozen_at"][:10],
            "dateModified": max(map(_made, since), default=None),
            "inLanguage": imprint["language"],
            "author": _known({"@type": "Organization", **imprint["desk"]}),
            "claimReviewed": _reviewed(claim, content["wordings"], imprint["language"]),
            "itemReviewed": _claim(content),
            "reviewRating": _rating(verdict),
            "reviewBody": verdict["summary"]["text"],
            "correction": [_comment(each) for each in since if each.kind == CorrectionKind.CORRECTION],
        }
    )


def _reviewed(claim: Facts, wordings: list[Facts], language: str) -> str:
    """Return the claim, in short where possible, in the language of the review where it was logged in it.

    By https://schema.org/claimReviewed it is the review's own summary of the claim, so it is read in the review's
    ``inLanguage``; what was claimed, word for word and in its own language, is ``itemReviewed``.
    """
    short = report_content.written(claim["short_text"])
    short["language"] = short["language"] or claim["language"]
    told = [each["text"] for each in (short, claim, *wordings) if each["text"] and each["language"] == language]
    return str(next(iter(told), short["text"] or claim["text"]))


def _comment(correction: Correction) -> Facts:
    return {
        "@type": "CorrectionComment",
        "datePublished": _made(correction),
        "inLanguage": correction.report.language,
        "text": correction.text,
    }


def _made(correction: Correction) -> str:
    return correction.made_at.astimezone(UTC).date().isoformat()


def _claim(content: Facts) -> Facts:
    claim = content["claim"]
    claimant = None if content["verdict"]["said"] in NOT_THEIRS else claim["claimant"]
    reachable = [each for each in content["appearances"] if each["url"].startswith(("http://", "https://"))]
    first = [_work(each) for each in reachable if each["first_known"]]
    return _known(
        {
            "@type": "Claim",
            "name": claim["text"],
            "inLanguage": claim["language"],
            "author": _maker(claimant) if claimant else None,
            "datePublished": _date(claim["claimed_at"], claim["claimed_precision"]),
            "firstAppearance": first[0] if first else None,
            "appearance": [_work(each) for each in reachable if not each["first_known"]],
        }
    )


def _maker(source: Facts) -> Facts:
    kind = "Person" if source["source_kind"] in PERSONS else "Organization"
    return {"@type": kind, "name": source["name"]}


def _work(appearance: Facts) -> Facts:
    return _known(
        {
            "@type": "CreativeWork",
            "url": appearance["url"],
            "headline": appearance["title"],
            "datePublished": _date(appearance["appeared_at"], DatePrecision.DAY),
            "publisher": _maker(appearance["outlet"]) if appearance["outlet"] else None,
        }
    )


def _rating(verdict: Facts) -> Facts:
    numbers = {"ratingValue": verdict["value"], "bestRating": verdict["best"], "worstRating": verdict["worst"]}
    return _known({"@type": "Rating", "alternateName": verdict["rating_label"], **numbers})


def _date(moment: str | None, precision: str) -> str | None:
    return moment[: KNOWN.get(DatePrecision(precision), len(moment))] if moment and precision else None


def _known(facts: Facts) -> Facts:
    """Leave out what is not known: an empty value in structured data is a statement."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


FORMAT = Format("claimreview", "application/ld+json", "claimreview.json", render)
