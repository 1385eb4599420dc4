"""The page of a report for readers, with corrections on top and ClaimReview data for search engines inside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from claims.models import Correction, Report
from claims.models.succession import STANDS, Aftermath
from claims.models.vocabulary import ClaimAct
from claims.publishing import waivers
from claims.publishing.exports import aftermath_notice
from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.csv import csv
from claims.publishing.exports.page import (
    correction_notices,
    readable,
    search_reach_words,
    sentences,
    sides,
    tally,
)
from workbench.desk.models import User

LONG, VERY_LONG = 140, 400  # characters from which a claim is set smaller as a headline

# What could end the script element (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Facts = dict[str, Any]


def render(
    report: Report,
    *,
    corrections: Iterable[Correction] = (),
    newer: Report | None = None,
    translations: Iterable[Report] = (),
    aftermath: Aftermath = STANDS,
    reader: User | None = None,
    languages: Iterable[str] = (),
    preview_of: str = "",
    pictures: Mapping[int, str] | None = None,
) -> str:
    """Return the page of a report in its own language, with later corrections on top.

    ``corrections`` come from ``Report.put_right``, ``newer`` is a later report on the same claim, ``translations``
    are reports of the same verdict in other languages, and ``aftermath`` is what became of the verdict since. A
    ``reader`` who is signed in gets a link to the workbench. ``languages`` are those that the browser asks for, the
    best first: they say which CSV file comes first. ``preview_of`` is the address of a proposal that the page previews;
    such a page needs ``pictures``, the addresses of its pictures of pages: its report has none of its own yet.
    """
    content = json.loads(report.content)
    corrections = list(corrections)
    with translation.override(report.language), timezone.override(UTC):
        told = correction_notices.of(report, corrections)
        silent = told.retracted or report.is_sample or preview_of
        return render_to_string(
            "claims/report.html",
            {
                **shown(content, report.sha256, addresses(report, content) if pictures is None else pictures),
                "corrections": told,
                "newer": newer,
                "aftermath": aftermath_notice.of(content, aftermath),
                "edited": list(report.copy_edits.for_page().filter(made__isnull=False)),
                "translations": translations,
                "preview_of": preview_of,
                "semicolons_first": csv.usual([*languages, report.language]) is csv.WITH_SEMICOLONS,
                **_for_reader(report, reader, retracted=told.retracted),
                "claimreview": "" if silent else script(claimreview.of(content, corrections, aftermath)),
            },
        )


def addresses(report: Report, content: Facts) -> dict[int, str]:
    """Return the addresses of the pictures of pages that a report cites, by the number of the evidence."""
    numbers = [item["number"] for item in content["evidence"] if item.get("page")]
    return {item: reverse("claims:report_picture", args=[report.number, item]) for item in numbers}


def _for_reader(report: Report, reader: User | None, *, retracted: bool) -> Facts:
    """Return what the page offers to somebody who is signed in."""
    return {
        "reader": reader,
        "claim_url": report.decision.claim.get_absolute_url() if reader else "",
        "may_correct": reader is not None and reader.may(ClaimAct.REPORT) and not retracted,
        "may_edit": reader is not None and reader.may(ClaimAct.AGREE_TO_EDIT),
    }


def shown(content: Facts, sha256: str, pictures: Mapping[int, str] | None = None) -> Facts:
    """Return what the body of a report shows, in the language that is active: on a page or on paper.

    ``pictures`` are the addresses of the pictures of pages, by the number of the evidence.
    """
    facts: Facts = readable.of(content)
    evidence = [_evidence(item, pictures or {}) for item in facts.pop("evidence")]
    cited, others = [item for item in evidence if item["cited"]], [item for item in evidence if not item["cited"]]
    searches = [{**each, "told": sentences.search(each)} for each in facts["searches"]]
    aside, met_by_words = waivers.by_how(facts.get("gate", []))
    length, counts = len(content["claim"]["text"]), tally.of(content)
    return {
        **{name: value for name, value in facts.items() if name != "report"},
        "imprint": facts["report"],
        "set_aside": aside,
        "met_by_words": met_by_words,
        "sha256": sha256,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "headline": "very-long" if length > VERY_LONG else "long" if length > LONG else "",
        "said_by": sentences.said_by(facts["appearances"]),
        "sides": sides.of([*cited, *others]),
        "differing_reviews": sentences.differing_reviews(content),
        "appearances": [_appearance(each) for each in facts["appearances"]],
        "how_decided": sentences.how_decided(content),
        "summary_by": content.get("four_eyes", {}).get("proposed_by") or content["report"]["frozen_by"],
        "summary_language": sentences.summary_language(facts["verdict"], facts["report"]),
        "cited": cited,
        "others": others,
        "nothing_cited": sentences.nothing_cited(counts),
        "change": _change(content),
        "figures": [{**each, "amount": sentences.amount(each)} for each in facts["figures"]],
        "questions": [_question(each) for each in facts["questions"]],
        "searches": searches,
        "own_holdings": sentences.own_holdings(counts) if "reach" in content else "",
        "searched": search_reach_words.of(content["reach"]) if "reach" in content else "",
        "differing_checks": sentences.differing_checks(content.get("earlier_checks", [])),
        "sought": sentences.sought(counts),
        "empty": [each for each in searches if each["answered_at"] and not each["found"]],
    }


def _evidence(item: Facts, pictures: Mapping[int, str]) -> Facts:
    return {
        **item,
        "nearness_told": sentences.nearness(item),
        "pages_told": sentences.pages(item),
        "marked_told": sentences.marked_picture(item),
        "picture": pictures.get(item["number"], ""),
        "picture_told": sentences.page_picture(item),
    }


def _change(content: Facts) -> list[str]:
    """Return how the verdict differs from that of the report which this one replaces."""
    old = content["replaces"]["reports"][-1] if "replaces" in content else None
    return aftermath_notice.change(old, content["verdict"]) if old else []


def _question(facts: Facts) -> Facts:
    """Return a question with its answers, each with the numbers of the evidence that it rests on."""
    answers = [{**answer, "evidence_told": sentences.answer_rests_on(answer)} for answer in facts["answers"]]
    return {**facts, "answers": answers}


def script(data: Facts) -> SafeString:
    """Return JSON for a script element of a page, escaped so that nothing in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped on this line


def _appearance(facts: Facts) -> Facts:
    """Return an appearance with its title; a link adds the known name of its source only if the text uses another."""
    chain = [{**link, "known_as": link["source"] if link["source"] != link["name"] else ""} for link in facts["chain"]]
    return {**facts, "title_label": sentences.appearance(facts), "chain": chain}
