"""The queries of the page of a claim, by the key of the claim; each is turned into SQL once."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from claims.models import (
    Answer,
    Appearance,
    Attribution,
    Claim,
    ClaimLink,
    EarlierCheck,
    Evidence,
    PersonalLink,
    Postponement,
    Report,
)
from claims.models.claim import ARTICLE_OF_EVIDENCE, DOCUMENT
from claims.models.evidence import EvidenceQuerySet
from claims.models.vocabulary import AssertionStatus
from sources.models import Reading
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.work_queue import NEVER

ABOVE_ALL = 2.0  # more than any score
OUTLINE = ("standing", "stance", ARTICLE_OF_EVIDENCE, "passage__folded")  # of a piece of evidence
HAS = "has_"  # no relation of the model is called so
Rows = QuerySet[Any]


@CompiledQuery
def with_people(claim: int) -> Rows:
    """The claim, with the people that every page about it names."""
    named = Claim.objects.filter(pk=claim).select_related("logged_by", "claimant", "handed_over_by")
    return named.with_restriction().order_by()


@CompiledQuery
def _holds(claim: int) -> Rows:
    """Whether it has rows of kinds that most claims lack: one query instead of one for each of them."""
    mine = Claim(pk=claim)
    kinds: dict[str, Rows] = {
        "decisions": mine.decisions.all(),
        "questions": mine.questions.all(),
        "comment_requests": _comment_requests(mine),
        "personal_links": PersonalLink.objects.filter(claim=claim),
        "versions": mine.versions.all(),
        "links": _links(claim),
        "wordings": mine.wordings.standing_firm(),
        "notes": mine.discussion.all(),
    }
    some = {f"{HAS}{name}": Exists(rows.order_by()) for name, rows in kinds.items()}
    rows: Rows = Claim.objects.filter(pk=claim).order_by().annotate(**some).values(*some)
    return rows


def holds(claim: int) -> dict[str, bool]:
    """Return whether a claim has rows of some kinds, by the names of these."""
    found: dict[str, bool] = _holds.first(claim) or {}
    return {name.removeprefix(HAS): has for name, has in found.items()}


@CompiledQuery
def earlier_checks(claim: int) -> Rows:
    """Earlier fact-checks of others, those that people linked first."""
    rows: Rows = EarlierCheck.objects.filter(claim=claim).standing_firm().for_list()
    return rows


@CompiledQuery
def piece_of_evidence(claim: int, evidence: int) -> Rows:
    """One piece of its evidence."""
    return _evidence(claim).for_list().filter(pk=evidence)


@CompiledQuery
def waiting(claim: int) -> Rows:
    """Whether there may be suggestions to weigh: by an index, where ``suggestions`` joins six tables."""
    return _evidence(claim).filter(standing=AssertionStatus.SUGGESTED).order_by().values("pk")


@CompiledQuery
def suggestions(claim: int) -> Rows:
    """The suggestions that wait for a person, the best first, without the texts that they are from."""
    # Without the people whom ``for_list`` names: nobody made or settled a suggestion.
    rows = _evidence(claim).for_list().select_related(None).select_related(f"{DOCUMENT}__source", "passage__marked")
    put_off = Exists(Postponement.objects.standing().filter(evidence=OuterRef("pk")))
    found: Rows = rows.suggested().annotate(is_put_off=put_off).defer("passage__reading__text")
    return found


@CompiledQuery
def texts_waiting(claim: int) -> Rows:
    """How many suggestions wait for a person, copies counted once; nothing where none waits."""
    texts: Rows = _evidence(claim).suggested().order_by().values("claim")
    counted: Rows = texts.annotate(texts=Count("passage__folded", distinct=True)).values_list("texts", flat=True)
    return counted


@CompiledQuery
def kinds_waiting(claim: int) -> Rows:
    """The suggestions that wait, the best first, with no more than what tells their language and source."""
    rows = _evidence(claim).for_list().select_related(None).select_related(f"{DOCUMENT}__source")
    found: Rows = rows.suggested().only("passage__language", f"{DOCUMENT}__host", f"{DOCUMENT}__source__name")
    return found


@CompiledQuery
def text_of(reading: int) -> Rows:
    """The text of a reading."""
    return Reading.objects.filter(pk=reading).order_by().values_list("text")


@CompiledQuery
def outline(claim: int) -> Rows:
    """All its evidence in short: standing, stance, article and words of each piece."""
    return _evidence(claim).order_by("pk").values_list(*OUTLINE)


@CompiledQuery
def claims_of_document(claim: int, document: int) -> Rows:
    """Other claims that appeared in a document, or that cite it."""
    cited = Evidence.objects.filter(**{DOCUMENT: document}).confirmed().order_by().values("claim")
    appeared = Appearance.objects.filter(document=document).standing_firm().order_by().values("claim")
    found = Claim.objects.filter(pk__in=cited.union(appeared))  # joined by OR, every claim would be looked at
    return found.exclude(pk=claim).order_by("-pk").only("text", "short_text", "language", "status")


@CompiledQuery
def of_same_texts(claim: int) -> Rows:
    """Other claims that appeared in a document in which this one appeared."""
    shared = Appearance.objects.filter(claim=claim, document__isnull=False).standing_firm().values("document")
    appeared = Appearance.objects.filter(document__in=shared).standing_firm().values("claim")
    found = Claim.objects.filter(pk__in=appeared).exclude(pk=claim).order_by("-pk")
    return found.only("text", "short_text", "language", "status")


@CompiledQuery
def put_off(evidence: int) -> Rows:
    """That a suggestion is put off, and by whom."""
    return Postponement.objects.standing().filter(evidence=evidence).select_related("put_off_by")


@CompiledQuery
def weighed(claim: int, *, standing: AssertionStatus, stance: str) -> Rows:
    """Evidence that people confirmed with a stance, or rejected; the best first. A person gave no score."""
    place = Coalesce("score", Value(ABOVE_ALL))
    rows: Rows = _evidence(claim).for_list().annotate(place=place).order_by("-place", "-pk").filter(standing=standing)
    return rows.filter(stance=stance) if stance else rows


@CompiledQuery
def figures(claim: int) -> Rows:
    """The figures that the claim itself states."""
    return Claim(pk=claim).figures.filter(passage=None)


@CompiledQuery
def decisions(claim: int) -> Rows:
    """Its verdicts, with their reports."""
    reports = Prefetch("reports", Report.objects.for_list())
    return Claim(pk=claim).decisions.select_related("decided_by").prefetch_related(reports)


@CompiledQuery
def appearances(claim: int) -> Rows:
    """Where it was seen, the first known place first, each with its attribution chain."""
    chain = Attribution.objects.standing_firm().select_related("source").order_by("position")
    return (
        Claim(pk=claim)
        .appearances.standing_firm()
        .select_related("document__source", "passage__reading__capture__document__source", "asserted_by", "replaces")
        .prefetch_related(Prefetch("attributions", chain), Prefetch("replaces__attributions", chain))
        .annotate(
            others=Case(When(first_known=True, then=0), default=1, output_field=IntegerField()),
            seen_at=Coalesce("appeared_at", Value(NEVER)),
        )
        .order_by("others", "seen_at", "pk")
    )


@CompiledQuery
def links(claim: int) -> Rows:
    """How it relates to other claims, from either side."""
    return _links(claim).select_related("claim", "other").order_by("pk")


@CompiledQuery
def wordings(claim: int) -> Rows:
    """Its other wordings."""
    return Claim(pk=claim).wordings.standing_firm().select_related("asserted_by").order_by("pk")


@CompiledQuery
def versions(claim: int) -> Rows:
    """Its words before each correction."""
    return Claim(pk=claim).versions.select_related("changed_by")


@CompiledQuery
def questions(claim: int) -> Rows:
    """Its questions, with their answers and the evidence these rest on."""
    rests_on = Prefetch("evidence", Evidence.objects.select_related("passage").order_by("pk"))
    answers = Prefetch("answers", Answer.objects.select_related("answered_by").prefetch_related(rests_on))
    return Claim(pk=claim).questions.select_related("asked_by").prefetch_related(answers)


@CompiledQuery
def comment_requests(claim: int) -> Rows:
    """Requests for comment about it."""
    return _comment_requests(Claim(pk=claim)).select_related("sent_by")


@CompiledQuery
def personal_links(claim: int) -> Rows:
    """Questions to people without an account about it."""
    return PersonalLink.objects.for_claim_page(claim)


def _links(claim: int) -> Rows:
    rows: Rows = ClaimLink.objects.standing_firm().filter(Q(claim=claim) | Q(other=claim))
    return rows


def _comment_requests(claim: Claim) -> Rows:
    rows: Rows = claim.comment_requests.filter(link__isnull=True)
    return rows


def _evidence(claim: int) -> EvidenceQuerySet:
    rows: EvidenceQuerySet = Evidence.objects.filter(claim=claim)
    return rows
