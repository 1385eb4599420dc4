"""The content of a report: a claim, its verdict and everything it rests on, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Prefetch, Q

from claims.models import (
    Answer,
    Appearance,
    Attribution,
    Claim,
    CopyEdit,
    Decision,
    Evidence,
    Figure,
    RatingScale,
    Review,
)
from claims.models.vocabulary import RATING_VALUE, AssertionStatus, Modality, Rating, Said
from claims.publishing import brought_facts, lost_pages, marked_facts, media_facts, page_facts, search_facts
from claims.publishing.printed_values import moment, written
from claims.wording.context import surroundings
from sources.models import Document, FetchAttempt, SearchHit, Source, publication_of
from sources.models.vocabulary import COVERAGE
from workbench.desk.byline import PrintedNames

# A report lists failed attempts from shortly before the claim was logged: what the desk could not read then and since.
LOOK_BACK = timedelta(days=7)
MOST_ADDRESSES = 100  # per outcome; the count beside them is of all
SAYS_NOT = {Modality.DENIES, Modality.NOT_CONFIRMED, Modality.UNATTRIBUTED_PASSIVE}  # then nobody is the claimant

READ = ["", *COVERAGE]

Facts = dict[str, Any]


def of(
    claim: Claim, decision: Decision, language: str, *, summary: str = "", names: PrintedNames | None = None
) -> Facts:
    """Return the content of a report of this verdict, with the names of its ratings in the report's language.

    A ``summary`` is written in that language for the report; the summary of the verdict then stays beside it.
    ``names`` are the names under which it prints people. It holds only what people stated or confirmed. Suggestions
    that nobody weighed are only counted.
    """
    names = names or PrintedNames()
    appearances = [_appearance(row, names) for row in _appearances(claim)]
    scale = _scale_in_use(language)
    evidence = _numbered(claim, decision)
    return {
        "claim": _claim(claim, appearances),
        "wordings": [
            {**written(row.text, row.language), "wording_kind": row.kind}
            for row in claim.wordings.filter(standing=AssertionStatus.CONFIRMED)
        ],
        "appearances": appearances,
        "verdict": _verdict(decision, language, summary, scale, names),
        "reviews": [
            _review(row, scale, names) for row in claim.reviews.filter(round=decision.round).select_related("reviewer")
        ],
        "evidence": [{"number": number, "cited": cited, **_item(row, names)} for number, cited, row in evidence],
        "evidence_not_told": _not_told(claim),
        "figures": [_figure(row) for row in _figures(claim)],
        "questions": _questions(claim, {row.pk: number for number, _cited, row in evidence}),
        "comment_requests": _comment_requests(claim),
        "searches": search_facts.of(claim),
        "unread": _unread(claim),
    }


def _claim(claim: Claim, appearances: list[Facts]) -> Facts:
    return {
        **written(claim.text, claim.language),
        "short_text": claim.short_text,
        "claim_type": claim.type,
        "claimed_at": moment(claim.claimed_at),
        "claimed_precision": claim.claimed_precision,
        "place": claim.place,
        "logged_at": moment(claim.logged_at),
        "claimant": _source(claim.claimant) or _named_claimant(appearances),
    }


def _source(source: Source | None) -> Facts | None:
    return {"name": source.name, "source_kind": source.kind} if source else None


def _named_claimant(appearances: list[Facts]) -> Facts | None:
    """The claimant by the first known appearance: the innermost link of its attribution chain, if it names somebody."""
    chain = appearances[0]["chain"] if appearances and appearances[0]["first_known"] else []
    last = chain[-1] if chain else None
    if last is None or not last["name"] or last["modality"] in SAYS_NOT:
        return None
    return {"name": last["name"], "source_kind": last["source_kind"]}


def _appearances(claim: Claim) -> Any:
    chains = (
        Attribution.objects.filter(standing=AssertionStatus.CONFIRMED).select_related("source").order_by("position")
    )
    return (
        lost_pages.with_captures(claim.appearances.filter(standing=AssertionStatus.CONFIRMED))
        .select_related("document__source", "passage__reading__capture__document__source")
        .prefetch_related(Prefetch("attributions", chains))
    )


def _appearance(row: Appearance, names: PrintedNames) -> Facts:
    document = row.document or (row.passage.reading.capture.document if row.passage else None)
    quote = row.quote or (row.passage.exact if row.passage else "")
    return {
        "first_known": row.first_known,
        "role": row.role,
        "quote": written(quote, row.passage.language if row.passage else ""),
        "url": row.url or (document.url if document else ""),
        "title": document.title if document else "",
        "outlet": _source(document.source) if document else None,
        "account": row.account,
        "appeared_at": moment(row.appeared_at or (document.published_at if document else None)),
        "deleted_since": row.deleted_since.isoformat() if row.deleted_since else None,
        **lost_pages.of_appearance(row, document),
        "brought": brought_facts.of_document(document, names),
        **brought_facts.pasted_document(document, names),
        "media": media_facts.of_document(document),
        "chain": [_link(link) for link in row.attributions.all()],
    }


def _link(row: Attribution) -> Facts:
    return {
        "name": row.named_as or (row.source.name if row.source else ""),
        "source": row.source.name if row.source else "",
        "source_kind": row.source.kind if row.source else "",
        "verb": row.verb,
        "modality": row.modality,
        "directness": row.directness,
    }


def _verdict(decision: Decision, language: str, summary: str, scale: RatingScale | None, names: PrintedNames) -> Facts:
    decided = written(CopyEdit.objects.summary_of(decision))
    return {
        **_rating(Rating(decision.rating), scale),
        "rating_scale": _scale(scale),
        "said": decision.said,
        "said_label": str(Said(decision.said).label),
        "summary": written(summary, language) if summary else decided,
        "summary_as_decided": decided if summary else None,
        "what_would_change_it": written(decision.what_would_change_it),
        "as_of": moment(decision.as_of),
        "round": decision.round,
        "decided_at": moment(decision.decided_at),
        "decided_by": names.of(decision.decided_by),
    }


def _scale_in_use(language: str) -> RatingScale | None:
    """The desk's rating scale for reports in a language, with its labels."""
    return RatingScale.objects.filter(in_use=True, language=language).prefetch_related("labels").first()


def rating_label(rating: str, language: str) -> str:
    """Return what a report in a language calls a rating today."""
    return str(_rating(Rating(rating), _scale_in_use(language))["rating_label"])


def _scale(scale: RatingScale | None) -> Facts | None:
    return {"name": scale.name, "version": scale.version} if scale else None


def _rating(rating: Rating, scale: RatingScale | None) -> Facts:
    """What a rating is called on this day: by the desk's scale in use, or else by the names of the workbench."""
    theirs = {row.rating: row for row in scale.labels.all()} if scale else {}
    label, value, values = str(rating.label), RATING_VALUE[rating], list(RATING_VALUE.values())
    if rating in theirs:
        label, value, values = theirs[rating].label, theirs[rating].value, [row.value for row in theirs.values()]
    numbers = [number for number in values if number is not None]
    worst, best = min(numbers, default=None), max(numbers, default=None)
    ends_known = value is not None and best != worst
    return {
        "rating": rating.value,
        "rating_label": label,
        "value": value if ends_known else None,
        "worst": worst if ends_known else None,
        "best": best if ends_known else None,
    }


def _review(row: Review, scale: RatingScale | None, names: PrintedNames) -> Facts:
    return {
        "rating": row.rating,
        "rating_label": _rating(Rating(row.rating), scale)["rating_label"],
        "said": row.said,
        "said_label": str(Said(row.said).label),
        "reasons": written(row.reasoning),
        "reviewer": names.of(row.reviewer),
        "submitted_at": moment(row.submitted_at),
    }


def _numbered(claim: Claim, decision: Decision) -> list[tuple[int, bool, Evidence]]:
    """Confirmed evidence with its numbers in the report, and whether the verdict cites it: that comes first."""
    cited = set(decision.cited.values_list("pk", flat=True))
    rows = claim.evidence.filter(Q(standing=AssertionStatus.CONFIRMED) | Q(pk__in=cited)).select_related(
        "passage__reading__capture__attempt",
        "passage__reading__capture__document__asked_by",
        "passage__reading__capture__document__source",
        "passage__reading__capture__picture",
        "passage__marked",
        "settled_by",
    )
    rows = rows.prefetch_related("passage__reading__capture__bringings__by")
    ordered = sorted(rows, key=lambda row: (row.pk not in cited, row.pk))
    return [(number, row.pk in cited, row) for number, row in enumerate(ordered, start=1)]


def _item(row: Evidence, names: PrintedNames) -> Facts:
    passage, reading = row.passage, row.passage.reading
    capture, document = reading.capture, reading.capture.document
    (start, end), (prefix, suffix) = row.span, row.around
    before, after = surroundings(reading.text, start, end)
    published = publication_of(document, reading)
    return {
        "exact": row.words,
        "prefix": prefix,
        "suffix": suffix,
        "before": before,
        "after": after,
        "language": passage.language,
        "start": start,
        "end": end,
        "stance": row.stance,
        "nearness": row.nearness,
        "note": written(row.note),
        "confirmed_by": names.of(row.settled_by),
        "outlet": _source(document.source),
        "host": document.host,
        "article": document.same_as_id or document.pk,
        "url": document.url,
        "title": written(reading.title or document.title, reading.language),
        "published_at": moment(published.at),
        "published_precision": published.precision,
        "or_published_at": moment(published.until),
        "captured_at": moment(capture.taken_at),
        "sha256": capture.sha256,
        "warc_file": capture.warc_file,
        "reader": reading.reader,
        "text_sha256": reading.sha256,
        "brought": brought_facts.of(capture.bringings.all(), names),
        **brought_facts.pasted(reading, names),
        "is_note": reading.is_note,
        "marked": marked_facts.of(passage),
        **page_facts.of(passage),
        **page_facts.dated_by(document, reading),
    }


def _not_told(claim: Claim) -> Facts:
    """How many suggested passages people rejected, and how many nobody had weighed."""
    return {
        "rejected": claim.evidence.filter(standing=AssertionStatus.REJECTED).once().count(),
        "unsettled": claim.evidence.suggested().count(),
    }


def _figures(claim: Claim) -> Any:
    return claim.figures.filter(standing=AssertionStatus.CONFIRMED).select_related(
        "passage__reading__capture__document__source"
    )


def _figure(row: Figure) -> Facts:
    document = row.passage.reading.capture.document if row.passage else None
    return {
        "exact": written(row.exact, row.passage.language if row.passage else row.claim.language),
        "low": _number(row.low),
        "high": _number(row.high),
        "qualifier": row.qualifier,
        "unit": row.unit,
        "outlet": _source(document.source) if document else None,
        "url": document.url if document else "",
        "of_claim": document is None,
    }


def _number(value: Decimal | None) -> str | None:
    """A quantity without trailing zeros: 12, not 12.000000 and not 1.2E+1."""
    return f"{value.normalize():f}" if value is not None else None


def _answer(row: Answer, numbers: Mapping[int, int]) -> Facts:
    known = (numbers.get(evidence.pk) for evidence in row.evidence.all())
    return {**written(row.text), "evidence": sorted(number for number in known if number is not None)}


def _questions(claim: Claim, numbers: Mapping[int, int]) -> list[Facts]:
    """The questions with their answers, each with the numbers of the evidence that it rests on."""
    return [
        {"question": written(row.text), "answers": [_answer(answer, numbers) for answer in row.answers.all()]}
        for row in claim.questions.prefetch_related("answers__evidence")
    ]


def _comment_requests(claim: Claim) -> list[Facts]:
    return [
        {
            "to_whom": row.to_whom,
            "channel": row.channel,
            "question": written(row.question),
            "sent_at": moment(row.sent_at),
            "answer": written(row.answer),
            "answered_at": moment(row.answered_at),
        }
        for row in claim.comment_requests.all()
    ]


def _unread(claim: Claim) -> list[Facts]:
    """Documents that we tried to fetch during the work on the claim and could not read, by outcome."""
    tried = FetchAttempt.objects.filter(at__gte=claim.logged_at - LOOK_BACK).values("document")
    failed = Document.objects.articles().filter(_may_be_told(claim), pk__in=tried).exclude(last_outcome__in=READ)
    counts = failed.values("last_outcome").annotate(number=Count("pk")).order_by("-number", "last_outcome")
    return [
        {"outcome": each["last_outcome"], "count": each["number"], "documents": _unread_with(failed, each)}
        for each in counts
    ]


def _may_be_told(claim: Claim) -> Q:
    """Documents from feeds, and those of this claim.

    A report is public: documents that people added for another claim would reveal that investigation.
    """
    path = "passage__reading__capture__document"
    appearances = claim.appearances.filter(standing=AssertionStatus.CONFIRMED)
    evidence = claim.evidence.filter(standing=AssertionStatus.CONFIRMED)
    hits = SearchHit.objects.filter(search__in=claim.searches.values("pk"))
    by_nobody = Q(asked_by=None)
    of_claim = (
        Q(pk__in=appearances.filter(document__isnull=False).values("document"))
        | Q(pk__in=appearances.filter(passage__isnull=False).values(path))
        | Q(pk__in=evidence.values(path))
    )
    return of_claim | by_nobody & (Q(feed__isnull=False) | Q(pk__in=hits.values("document")))


def _unread_with(failed: Any, counted: Facts) -> list[Facts]:
    rows = failed.filter(last_outcome=counted["last_outcome"]).annotate(tried_at=Max("attempts__at"))
    return [
        {"url": row.url, "outlet": _source(row.source), "tried_at": moment(row.tried_at)}
        for row in rows.select_related("source").order_by("url")[:MOST_ADDRESSES]
    ]
