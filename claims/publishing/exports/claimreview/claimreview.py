"""The ClaimReview export of a report (schema.org), which search engines and archives of fact-checks read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _

from claims.models import Correction, Report, succession
from claims.models.succession import STANDS, Aftermath
from claims.models.vocabulary import CorrectionKind, Said, VerdictState
from claims.publishing import printed_values, waivers
from claims.publishing.exports import aftermath_notice
from claims.publishing.exports.claimreview import media_review
from claims.publishing.exports.format import Format
from sources.models.vocabulary import DatePrecision, SourceKind
from workbench.desk.refusal import Refusal
from workbench.pages.templatetags.words import SUSPECT, spelled

PERSONS = {SourceKind.PERSON, SourceKind.ACCOUNT}

# If the people a claim is attributed to did not make it, it is published without an author.
NOT_THEIRS = {Said.ALTERED, Said.NOT_FOUND}

# How much of an ISO 8601 time is known (schema.org/Date allows a year, a month or a day).
KNOWN = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}

# https://schema.org/creativeWorkStatus, for machines: so not translated.
STATUS = {
    VerdictState.UNDER_REVIEW: "Under review again",
    VerdictState.WITHDRAWN: "Withdrawn",
    VerdictState.REPLACED: "Replaced",
}

Facts = dict[str, Any]


def render(report: Report) -> bytes:
    """Return the JSON-LD document of a report as it stands. Raises ``Refusal`` (codes ``retracted``, ``sample``)."""
    if report.is_sample:
        raise Refusal(_("This is a sample report. It has no ClaimReview data."), "sample")
    if report.corrections.filter(kind=CorrectionKind.RETRACTION).exists():
        raise Refusal(_("This report was retracted. It no longer has ClaimReview data."), "retracted")
    with translation.override(report.language):
        data = of(json.loads(report.content), report.put_right(), succession.aftermath(report))
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def of(content: Facts, corrections: Iterable[Correction] = (), aftermath: Aftermath = STANDS) -> Facts:
    """Return the ClaimReview of a report's content (https://schema.org/ClaimReview), without unknown values.

    A correction is a CorrectionComment on it (https://schema.org/correction); an update only changes its date. The
    retraction of the report in another language does not appear. ``creditText`` says what one person did alone. Control
    and invisible characters are named, as on pages: who shows the data elsewhere does not look for them. A verdict that
    is under review again or was replaced is offered without its rating, with a comment that says so: nobody should take
    it for the present one.
    """
    since = [each for each in corrections if each.kind != CorrectionKind.RETRACTION]
    changed = [_day(aftermath.since)] if aftermath.since else []
    imprint, verdict, claim = content["report"], content["verdict"], content["claim"]
    review: Facts = _legible(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": imprint["address"],
            "datePublished": imprint["frozen_at"][:10],
            "dateModified": max([*map(_made, since), *changed], default=None),
            "creativeWorkStatus": None if aftermath.stands else STATUS[aftermath.state],
            "inLanguage": imprint["language"],
            "author": _known({"@type": "Organization", **imprint["desk"]}),
            "claimReviewed": _reviewed(claim, content["wordings"], imprint["language"]),
            "itemReviewed": _claim(content),
            "reviewRating": _rating(verdict) if aftermath.stands else None,
            "reviewBody": verdict["summary"]["text"],
            "creditText": waivers.in_one_line(content),
            "associatedMediaReview": media_review.of(content),
            "isBasedOn": [_old(each) for each in content.get("replaces", {}).get("reports", [])],
            "correction": [
                *(_comment(each) for each in since if each.kind == CorrectionKind.CORRECTION),
                *_notice(content, aftermath),
            ],
        }
    )
    return review


def _reviewed(claim: Facts, wordings: list[Facts], language: str) -> str:
    """Return the claim, short if possible, in the language of the review if we have a text in it.

    By https://schema.org/claimReviewed it is the review's own summary of the claim, so readers take it to be in the
    review's ``inLanguage``. The claim word for word, in its own language, is ``itemReviewed``.
    """
    short = printed_values.written(claim["short_text"])
    short["language"] = short["language"] or claim["language"]
    told = [each["text"] for each in (short, claim, *wordings) if each["text"] and each["language"] == language]
    return str(next(iter(told), short["text"] or claim["text"]))


def _comment(correction: Correction) -> Facts:
    return {
        "@type": "CorrectionComment",
        "datePublished": _made(correction),
        "inLanguage": correction.report.language,
        "text": correction.text,
        "creditText": correction.alone,
    }


def _made(correction: Correction) -> str:
    return _day(correction.made_at)


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def _notice(content: Facts, aftermath: Aftermath) -> list[Facts]:
    """Return the comment on a verdict that is no longer current, with the address of the report to read instead."""
    told = aftermath_notice.of(content, aftermath)
    if not told.title:
        return []
    comment: Facts = {
        "@type": "CorrectionComment",
        "datePublished": _day(aftermath.since) if aftermath.since else None,
        "inLanguage": content["report"]["language"],
        "text": " ".join([f"{told.title}.", *told.lines]),
        "url": json.loads(told.successor.content)["report"]["address"] if told.successor else None,
    }
    return [_known(comment)]


def _old(report: Facts) -> Facts:
    """Return a report that this one replaces, with its old rating in words only: as a number it would count again."""
    return {
        "@type": "CreativeWork",
        "url": report["address"],
        "datePublished": report["frozen_at"][:10],
        "inLanguage": report["language"],
        "description": report["rating_label"],
        "creativeWorkStatus": STATUS[VerdictState.REPLACED],
    }


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
    """Return where a claim appeared; a post has its account as author, and says so where it is gone.

    Reports from before the desk noted accounts have neither.
    """
    account, deleted_since = appearance.get("account"), appearance.get("deleted_since")
    return _known(
        {
            "@type": "SocialMediaPosting" if account else "CreativeWork",
            "url": appearance["url"],
            "headline": appearance["title"],
            "author": {"@type": "Person", "name": account, "alternateName": account} if account else None,
            "creativeWorkStatus": f"Deleted since {deleted_since}" if deleted_since else None,
            "datePublished": _date(appearance["appeared_at"], DatePrecision.DAY),
            "publisher": _maker(appearance["outlet"]) if appearance["outlet"] else None,
        }
    )


def _rating(verdict: Facts) -> Facts:
    numbers = {"ratingValue": verdict["value"], "bestRating": verdict["best"], "worstRating": verdict["worst"]}
    return _known({"@type": "Rating", "alternateName": verdict["rating_label"], **numbers})


def _date(moment: str | None, precision: str) -> str | None:
    return moment[: KNOWN.get(DatePrecision(precision), len(moment))] if moment and precision else None


def _legible(value: Any, name: str = "") -> Any:
    """Return data without unknown values and with hidden characters named, in addresses as a percent sign and code."""
    if isinstance(value, dict):
        return {name: _legible(each, name) for name, each in _known(value).items()}
    if isinstance(value, list):
        return [_legible(each, name) for each in value]
    if not isinstance(value, str):
        return value
    return SUSPECT.sub(lambda found: quote(found.group()), value) if name == "url" else spelled(value)


def _known(facts: Facts) -> Facts:
    """Leave out unknown values: in structured data an empty value is a statement."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


FORMAT = Format("claimreview", "application/ld+json", "claimreview.json", render)
